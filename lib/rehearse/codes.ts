import type { Severity } from '../diagnostic/diagnostic';

/** What each code of a rehearsal means, for documents and tests. A code is for ever: retired ones move to RETIRED. */
export const REHEARSAL_CODES = {
  MIG001: { severity: 'error', title: 'Statements of a running version failed beside a migration' },
  MIG002: { severity: 'error', title: 'Statements of a running version waited longer than the budget' },
  MIG003: { severity: 'error', title: 'A migration left an invalid index' },
  MIG004: { severity: 'error', title: 'Flyway failed' },
  MIG005: { severity: 'error', title: 'A migration did not end in its time, or waited for itself' },
  MIG006: { severity: 'error', title: 'An invariant of the catalog does not hold after a migration' },
  MIG007: { severity: 'warning', title: 'A strong lock on a table that has no rows here' },
  MIG010: { severity: 'error', title: 'A probe fails on the schema that it is for, without any migration' },
  MIG011: { severity: 'error', title: 'A probe, an invariant or --from names what is not there' },
  MIG012: { severity: 'warning', title: 'The catalog has no probes: readers and writers are derived from the tables' },
  MIG013: { severity: 'error', title: 'There is nothing to rehearse' },
  MIG014: { severity: 'error', title: 'A table cannot be filled with rows' },
  MIG020: { severity: 'error', title: 'There is no PostgreSQL to rehearse on' },
  MIG021: { severity: 'error', title: 'DATABASE_URL is not proved to be disposable' },
  MIG022: { severity: 'error', title: 'There is no Flyway of the version of the rendered image' },
  MIG023: { severity: 'warning', title: "The server is of another version than the catalog's" },
  MIG030: { severity: 'error', title: 'A migration that was killed is not finished by running it again' },
  MIG031: { severity: 'error', title: 'A reverted release does not run on the migrated database' },
  MIG032: { severity: 'error', title: 'Two runs at once disturb each other' },
  MIG033: { severity: 'error', title: 'A migration behind an open transaction queues everybody' },
  MIG034: { severity: 'error', title: 'A migration does not survive a full disk' },
  MIG039: { severity: 'info', title: 'A drill was skipped' },
} as const satisfies Readonly<Record<string, { readonly severity: Severity; readonly title: string }>>;

export type RehearsalCode = keyof typeof REHEARSAL_CODES;
