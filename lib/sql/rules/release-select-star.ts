import { readsWhole, releasesOf } from '../releases';
import { eachAction, type SqlRule } from '../rule';

export const releaseSelectStar: SqlRule = {
  code: 'SQL202',
  severity: 'warning',
  title: 'A version reads the table with SELECT *',
  reason: 'Its prepared statements fail with 0A000 after a column is added or dropped, until it reconnects',
  hint: 'list the columns in the code first',
  source: 'https://www.postgresql.org/docs/current/sql-prepare.html',
  bad: [
    {
      sql: 'ALTER TABLE users ADD COLUMN a int',
      releases: { stable: { reads: [], writes: [], selectStar: ['users'] } },
    },
  ],
  good: [
    {
      sql: 'ALTER TABLE users ADD COLUMN a int',
      releases: { stable: { reads: ['users.id'], writes: [], selectStar: [] } },
    },
  ],
  kinds: ['alter-table'],
  check: (one) => {
    for (const [name, use] of releasesOf(one)) {
      const tell = (table: string) => {
        if (readsWhole(use, table))
          one.tell(`the ${name} version reads ${table} with SELECT *: its prepared statements fail with 0A000`);
      };
      eachAction(one, 'add-column', (_, table) => tell(table));
      eachAction(one, 'drop-column', (_, table) => tell(table));
      eachAction(one, 'set-type', (_, table) => tell(table));
    }
  },
};
