import { as, type SqlRule } from '../rule';

export const indexOnPartitioned: SqlRule = {
  code: 'SQL103',
  severity: 'error',
  title: 'CONCURRENTLY does not work on a partitioned table',
  reason: 'PostgreSQL refuses it; without it all partitions are locked',
  hint: 'create the index ON ONLY the parent, build one CONCURRENTLY on each partition, and attach them',
  source: 'https://www.postgresql.org/docs/current/sql-createindex.html',
  bad: [
    {
      sql: 'CREATE INDEX CONCURRENTLY ix ON m (a)',
      transaction: false,
      schema: 'CREATE TABLE m (a int) PARTITION BY RANGE (a);',
    },
  ],
  good: [{ sql: 'CREATE INDEX ix ON ONLY m (a)' }],
  kinds: ['create-index'],
  check: (one) => {
    const index = as(one, 'create-index');
    if (index?.concurrent && one.state.tables.get(index.table)?.partitioned)
      one.tell(`${index.table} is partitioned: CREATE INDEX CONCURRENTLY ${index.name} is refused`);
  },
};
