import type { Severity } from '../diagnostic/diagnostic';

export interface SqlCode {
  readonly severity: Severity;
  readonly title: string;
  readonly hint: string;
}

/** What is told about files, rather than about a statement that could be read. Codes are for ever. */
export const SQL_CODES = {
  SQL001: {
    severity: 'error',
    title: 'PostgreSQL refuses the statement',
    hint: 'mend it; what follows a fault is not judged as a whole',
  },
  SQL002: { severity: 'error', title: 'The file cannot be read as text', hint: 'save it as UTF-8 without NUL bytes' },
  SQL003: { severity: 'error', title: 'A command of psql, which Flyway does not know', hint: 'write it as SQL' },
  SQL004: {
    severity: 'warning',
    title: 'What runs cannot be judged',
    hint: 'write the statement out, or read it yourself and ignore this finding with a reason',
  },
  SQL005: {
    severity: 'warning',
    title: 'A kind of statement that no rule knows',
    hint: 'look up its lock, then ignore this finding with the reason',
  },
  SQL006: {
    severity: 'warning',
    title: 'A Flyway placeholder stands where it decides what the statement does',
    hint: 'write the value out; only names and strings may be placeholders',
  },
  SQL007: {
    severity: 'warning',
    title: 'There is no statement in the file',
    hint: 'remove the file, unless it has been applied',
  },
  SQL008: {
    severity: 'warning',
    title: 'Flyway passes over a file of this name',
    hint: 'name it V<version>__<words>.sql or R__<words>.sql',
  },
  SQL009: { severity: 'error', title: 'Two files have one version', hint: 'give the newer file a version of its own' },
  SQL010: {
    severity: 'info',
    title: 'A version is left out',
    hint: 'make sure that the file between was not forgotten',
  },
  SQL011: {
    severity: 'error',
    title: 'The phase is contradictory or unknown',
    hint: 'the phases are expand, backfill and contract',
  },
  SQL012: { severity: 'warning', title: 'An ignore that nothing needs', hint: 'remove it' },
  SQL013: {
    severity: 'warning',
    title: 'An ignore without a code or a reason',
    hint: 'write: -- cutover:ignore SQL101 <why it is safe here>',
  },
  SQL014: {
    severity: 'warning',
    title: 'The .conf file says something that Flyway does not understand',
    hint: 'write: executeInTransaction=false',
  },
  SQL015: {
    severity: 'error',
    title: 'Statements of a transaction stand beside some that cannot run in one',
    hint: 'split the file',
  },
  SQL016: {
    severity: 'warning',
    title: 'The schema that was given cannot be read as a whole',
    hint: 'give the output of pg_dump --schema-only',
  },
  SQL206: {
    severity: 'error',
    title: 'A transaction is left open at the end of the file',
    hint: 'end it with COMMIT; its locks are held for as long as the session lasts',
  },
  SQL210: {
    severity: 'error',
    title: 'A file that may have been applied was changed',
    hint: 'take the change back, and make it in a new file: Flyway refuses another checksum. Line ends do not count',
  },
  SQL211: {
    severity: 'error',
    title: 'A file that may have been applied is gone or renamed',
    hint: 'put it back under its name: Flyway refuses a history of which a file is missing',
  },
  SQL212: {
    severity: 'error',
    title: 'A new file has a version below one that may have been applied',
    hint: 'give it a version above all others: Flyway refuses what is out of order',
  },
  SQL214: {
    severity: 'error',
    title: 'COMMIT where PL/pgSQL refuses it',
    hint: 'end the transaction behind the block with EXCEPTION, and in a procedure or DO',
  },
} as const satisfies Readonly<Record<string, SqlCode>>;

export type SqlCodeName = keyof typeof SQL_CODES;
