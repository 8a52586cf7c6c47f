import { locked, stopsWrites } from '../locks';
import { as, type SqlRule } from '../rule';

export const lockTable: SqlRule = {
  code: 'SQL153',
  severity: 'error',
  title: 'LOCK TABLE blocks for as long as the transaction lasts',
  reason: 'Writers, and mostly readers, wait for its end',
  hint: 'leave locks to the statements',
  source: 'https://www.postgresql.org/docs/current/sql-lock.html',
  bad: [{ sql: 'LOCK TABLE users' }],
  good: [{ sql: 'SELECT 1' }],
  kinds: ['lock'],
  check: (one) => {
    const lock = as(one, 'lock');
    for (const table of lock?.tables ?? [])
      if (lock && !one.fresh(table))
        one.tell(
          locked('LOCK TABLE', lock.mode, table, 'until the transaction ends'),
          undefined,
          stopsWrites(lock.mode) ? 'error' : 'warning',
        );
  },
};
