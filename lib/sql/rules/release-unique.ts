import { releasesOf, writesColumn } from '../releases';
import { as, eachAction, type SqlRule } from '../rule';

export const releaseUnique: SqlRule = {
  code: 'SQL204',
  severity: 'error',
  title: 'A version writes columns that become unique',
  reason: 'Its inserts fail with 23505 where it does not know of it',
  hint: 'release a version that keeps them unique first',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [
    {
      sql: 'CREATE UNIQUE INDEX CONCURRENTLY u ON users (email)',
      transaction: false,
      releases: { stable: { reads: [], writes: ['users.email'], selectStar: [] } },
    },
  ],
  good: [
    {
      sql: 'CREATE UNIQUE INDEX CONCURRENTLY u ON users (email)',
      transaction: false,
      releases: { stable: { reads: ['users.email'], writes: [], selectStar: [] } },
    },
  ],
  kinds: ['create-index', 'alter-table'],
  check: (one) => {
    for (const [name, use] of releasesOf(one)) {
      if (name === 'next') continue;
      const tell = (table: string, columns: readonly string[]) => {
        const written = columns.find((column) => writesColumn(use, table, column));
        if (written)
          one.tell(`the ${name} version writes ${table}.${written}, and does not know that it must be unique`);
      };
      const index = as(one, 'create-index');
      if (index?.unique && !one.fresh(index.table)) tell(index.table, index.columns);
      eachAction(one, 'add-constraint', ({ constraint }, table) => {
        if (constraint.kind === 'unique' && !constraint.usingIndex) tell(table, constraint.columns);
      });
    }
  },
};
