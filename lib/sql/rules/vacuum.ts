import { locked } from '../locks';
import { as, type SqlRule } from '../rule';

export const vacuum: SqlRule = {
  code: 'SQL151',
  severity: 'error',
  title: 'VACUUM FULL copies the table; VACUUM cannot run in a transaction',
  reason: 'VACUUM FULL holds ACCESS EXCLUSIVE all the while',
  hint: 'plain VACUUM with executeInTransaction=false, or pg_repack',
  source: 'https://www.postgresql.org/docs/current/sql-vacuum.html',
  bad: [{ sql: 'VACUUM FULL users' }, { sql: 'VACUUM users' }],
  good: [{ sql: 'VACUUM users', transaction: false }, { sql: 'ANALYZE users' }],
  kinds: ['vacuum'],
  check: (one) => {
    const vacuum = as(one, 'vacuum');
    if (vacuum === undefined || vacuum.analyzeOnly) return;
    const what = vacuum.tables.join(', ') || 'every table';
    if (vacuum.full) one.tell(locked('VACUUM FULL', 'ACCESS EXCLUSIVE', what, 'while it is copied'));
    else if (one.inTransaction) one.tell(`VACUUM ${what} is refused in a transaction`);
  },
};
