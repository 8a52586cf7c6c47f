import { releasesOf, writesColumn, writesTable } from '../releases';
import { eachAction, type SqlRule } from '../rule';

export const releaseNotNull: SqlRule = {
  code: 'SQL203',
  severity: 'error',
  title: 'A version writes the table without a column that must be there',
  reason: 'Its inserts fail with 23502 from then on',
  hint: 'release a version that writes the column first',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [
    {
      sql: 'ALTER TABLE users ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID',
      releases: { stable: { reads: [], writes: ['users.b'], selectStar: [] } },
    },
  ],
  good: [
    {
      sql: 'ALTER TABLE users ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID',
      releases: { stable: { reads: [], writes: ['users.a'], selectStar: [] } },
    },
  ],
  kinds: ['alter-table'],
  check: (one) => {
    for (const [name, use] of releasesOf(one)) {
      const need = (table: string, column: string, why: string) => {
        if (
          writesTable(use, table) &&
          !writesColumn(use, table, column) &&
          !(why !== 'DROP DEFAULT' && one.state.column(table, column)?.hasDefault)
        )
          one.tell(`the ${name} version writes ${table} without ${column}: ${why} makes that fail`);
      };
      eachAction(one, 'set-not-null', ({ column }, table) => need(table, column, 'SET NOT NULL'));
      eachAction(one, 'drop-default', ({ column }, table) => {
        if (one.state.column(table, column)?.notNull) need(table, column, 'DROP DEFAULT');
      });
      eachAction(one, 'add-constraint', ({ constraint }, table) => {
        for (const column of constraint.notNullOf) need(table, column, 'the constraint');
      });
    }
  },
};
