import type { SqlRule } from '../rule';
import { STRONG_KINDS, strongTables } from '../strong';

export const twoTables: SqlRule = {
  code: 'SQL163',
  severity: 'warning',
  title: 'Two tables are locked in one transaction',
  reason: 'The first stays locked while the second is waited for, and two such transactions deadlock',
  hint: 'one file for each table',
  source: 'https://www.postgresql.org/docs/current/explicit-locking.html',
  bad: [{ sql: 'ALTER TABLE a ADD COLUMN x int; ALTER TABLE b ADD COLUMN x int' }],
  good: [{ sql: 'ALTER TABLE a ADD COLUMN x int; ALTER TABLE a ADD COLUMN y int' }],
  kinds: STRONG_KINDS,
  check: (one) => {
    if (!one.inTransaction) return;
    const mine = strongTables(one).filter((table) => !one.fresh(table));
    const held = one.progress.held(one.transaction).map(({ table }) => table);
    const other = held.find((table) => mine.some((each) => each !== table));
    if (mine.length > 0 && other !== undefined && !held.includes(mine[0] ?? ''))
      one.tell(`${mine.join(', ')} is waited for while ${other} is locked`);
  },
};
