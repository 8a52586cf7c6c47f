import { locked } from '../locks';
import { as, type SqlRule } from '../rule';

export const cluster: SqlRule = {
  code: 'SQL152',
  severity: 'error',
  title: 'CLUSTER copies the table',
  reason: 'ACCESS EXCLUSIVE is held all the while',
  hint: 'pg_repack, or nothing',
  source: 'https://www.postgresql.org/docs/current/sql-cluster.html',
  bad: [{ sql: 'CLUSTER users USING ix' }],
  good: [{ sql: 'ALTER TABLE users CLUSTER ON ix' }],
  kinds: ['cluster'],
  check: (one) => {
    const cluster = as(one, 'cluster');
    if (cluster && !one.fresh(cluster.table))
      one.tell(locked('CLUSTER', 'ACCESS EXCLUSIVE', cluster.table || 'every clustered table', 'while it is copied'));
  },
};
