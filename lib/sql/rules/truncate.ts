import { locked } from '../locks';
import { as, type SqlRule } from '../rule';

export const truncate: SqlRule = {
  code: 'SQL154',
  severity: 'error',
  title: 'TRUNCATE takes ACCESS EXCLUSIVE and every row',
  reason: 'The running version loses its rows',
  hint: 'delete in batches, after nobody uses the table',
  source: 'https://www.postgresql.org/docs/current/sql-truncate.html',
  bad: [{ sql: 'TRUNCATE users' }],
  good: [{ sql: 'CREATE TABLE t (a int); TRUNCATE t' }],
  kinds: ['truncate'],
  check: (one) => {
    const truncate = as(one, 'truncate');
    for (const table of truncate?.tables ?? [])
      if (!one.fresh(table)) one.tell(locked('TRUNCATE', 'ACCESS EXCLUSIVE', table, 'and all its rows are gone'));
  },
};
