import type { Client } from 'pg';

/** Locks of tables from the weakest to the strongest (explicit-locking.html), by the names of pg_locks without `Lock`. */
export const LOCK_MODES = [
  'AccessShare',
  'RowShare',
  'RowExclusive',
  'ShareUpdateExclusive',
  'Share',
  'ShareRowExclusive',
  'Exclusive',
  'AccessExclusive',
] as const;
export type LockMode = (typeof LOCK_MODES)[number];

/** A lock that a session holds or waits for, on a table or index that others can see. */
export interface HeldLock {
  readonly mode: LockMode;
  readonly relation: string;
  /** An index rather than a table. */
  readonly index: boolean;
  readonly granted: boolean;
}

/** As SQL writes it: ACCESS EXCLUSIVE. */
export const lockName = (mode: LockMode): string => mode.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toUpperCase();

/** Whether a lock, by its name in SQL, keeps writers waiting at least. */
export const stopsWriters = (name: string): boolean =>
  LOCK_MODES.slice(LOCK_MODES.indexOf('Share')).some((mode) => lockName(mode) === name);

/** The strongest of them, on a table before an index; what is waited for counts as well, because it makes others queue. */
export function strongest(locks: readonly HeldLock[]): HeldLock | undefined {
  return locks.reduce<HeldLock | undefined>(
    (best, lock) => (best === undefined || weight(lock) > weight(best) ? lock : best),
    undefined,
  );
}

const weight = ({ mode, index }: HeldLock): number => 2 * LOCK_MODES.indexOf(mode) + (index ? 0 : 1);

/** Not on what nobody else uses: the catalog of PostgreSQL, and Flyway's own table. */
const LOCKS = `SELECT l.pid, l.mode, l.granted, c.relname AS relation, c.relkind IN ('i', 'I') AS index
  FROM pg_locks l
  JOIN pg_class c ON c.oid = l.relation
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE l.locktype = 'relation' AND l.pid = ANY($1::int[])
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
    AND c.relname !~ '^flyway_schema_history'`;

/** The locks of sessions on what others can see; what a transaction has made itself does not count until it commits. */
export async function locksOf(client: Client, pids: readonly number[]): Promise<readonly HeldLock[]> {
  const { rows } = await client.query<{ mode: string; granted: boolean; relation: string; index: boolean }>({
    name: 'locks',
    text: LOCKS,
    values: [pids],
  });
  return rows.flatMap(({ mode, granted, relation, index }) => {
    const known = LOCK_MODES.find((one) => `${one}Lock` === mode);
    return known === undefined ? [] : [{ mode: known, relation, index, granted }];
  });
}
