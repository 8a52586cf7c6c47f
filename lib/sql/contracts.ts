import { flywayName } from './flyway';
import { lintSql } from './lint';
import { loadParser, type Parser } from './parser';
import { readFile, type SqlSource } from './read-file';
import { addColumnRequired } from './rules/add-column-required';
import { cascade } from './rules/cascade';
import { dropBeforeContract } from './rules/drop-before-contract';
import { enumRename } from './rules/enum-rename';
import { rename } from './rules/rename';
import { setNotNull } from './rules/set-not-null';
import { setSchema } from './rules/set-schema';
import { truncate } from './rules/truncate';
import { typeChange } from './rules/type-change';

/** A file of SQL, and whether it has run before: then it only tells what exists. */
export interface GivenSql {
  readonly name: string;
  readonly sql: string;
  readonly known: boolean;
}

/** Whether a file takes away, or asks for, what a version that is running relies on. */
export type SqlVerdict =
  | { readonly kind: 'expand' }
  | { readonly kind: 'contract'; readonly line: number; readonly why: string }
  /** It is no SQL of PostgreSQL, or runs a text that is made only then. */
  | { readonly kind: 'unread' };

/** Judges the files of one history that have not run yet, by their names. */
export type SqlJudge = (files: readonly GivenSql[], server: number) => ReadonlyMap<string, SqlVerdict>;

/** What the version that runs does not survive. What only takes a lock, or locks out where somebody else has granted, is not among them. */
const TAKES_AWAY: ReadonlySet<string> = new Set(
  [dropBeforeContract, cascade, rename, setSchema, enumRename, typeChange, setNotNull, addColumnRequired, truncate].map(
    ({ code }) => code,
  ),
);

/** Loads the parser and the rules: a tenth of a second. */
export async function loadSqlJudge(): Promise<SqlJudge> {
  const parser = await loadParser();
  return (files, server) => judgeSql(files, server, parser);
}

/** A file that says itself that it is a contract is one; of the others the rules of `npm run lint:sql` tell, as if they were to expand. */
function judgeSql(files: readonly GivenSql[], server: number, parser: Parser): ReadonlyMap<string, SqlVerdict> {
  const sources = files
    .filter(({ name, known }) => !known || isFlyway(name))
    .map(({ name, sql, known }): SqlSource => ({ path: name, bytes: Buffer.from(sql), applied: known }));
  // Of files that are numbered otherwise, those that have run are what exists.
  const others = files.filter(({ name, known }) => known && !isFlyway(name));
  const schema = { path: 'schema.sql', bytes: Buffer.from(others.map(({ sql }) => sql).join('\n')) };
  const options = { server, transaction: true, releases: {}, ...(others.length > 0 && { schema }) };
  const findings = lintSql(sources, options, parser);
  const verdicts = new Map<string, SqlVerdict>();
  for (const source of sources.filter(({ applied }) => !applied)) {
    const { phase, statements } = readFile(source, undefined, parser);
    const own = findings.filter(({ path }) => path === source.path);
    const taken = own.find(({ code, severity }) => TAKES_AWAY.has(code) && severity === 'error');
    const isUnread = own.some(({ code }) => UNREAD.has(code));
    if (phase === 'contract')
      verdicts.set(source.path, {
        kind: 'contract',
        line: statements[0]?.located.line ?? 1,
        why: 'it is declared to be one',
      });
    else if (taken !== undefined)
      verdicts.set(source.path, {
        kind: 'contract',
        line: taken.line,
        why: taken.message.replace(' before contract:', ':'),
      });
    else verdicts.set(source.path, { kind: isUnread ? 'unread' : 'expand' });
  }
  return verdicts;
}

const isFlyway = (name: string): boolean => flywayName(name).version !== undefined || flywayName(name).repeatable;

/** What PostgreSQL refuses, what is no text, commands of psql, and what cannot be judged. */
const UNREAD: ReadonlySet<string> = new Set(['SQL001', 'SQL002', 'SQL003', 'SQL004']);
