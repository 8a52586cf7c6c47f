import type { LockMode } from './statement';
import { quoteName } from './text';

/** What others cannot do while a lock is held (explicit-locking.html, table 13.2). */
const BLOCKS: Readonly<Record<LockMode, string>> = {
  'ACCESS SHARE': 'nobody but DROP and most of ALTER TABLE',
  'ROW SHARE': 'nobody who reads or writes',
  'ROW EXCLUSIVE': 'nobody who reads or writes other rows',
  'SHARE UPDATE EXCLUSIVE': 'no reads and no writes, only other changes of the schema',
  SHARE: 'all writes',
  'SHARE ROW EXCLUSIVE': 'all writes',
  EXCLUSIVE: 'all writes',
  'ACCESS EXCLUSIVE': 'all reads and writes',
};

/** Says what a statement does to a table: the lock, whom it blocks, and how long. */
export const locked = (what: string, mode: LockMode, table: string, how: string): string =>
  `${what} takes ${mode} on ${quoteName(table)}, which blocks ${BLOCKS[mode]} ${how}`;

/** Locks that stop writers at least. */
export const stopsWrites = (mode: LockMode): boolean =>
  mode === 'SHARE' || mode === 'SHARE ROW EXCLUSIVE' || mode === 'EXCLUSIVE' || mode === 'ACCESS EXCLUSIVE';
