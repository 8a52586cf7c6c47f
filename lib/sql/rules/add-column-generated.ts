import { locked } from '../locks';
import { eachAction, type SqlRule } from '../rule';

export const addColumnGenerated: SqlRule = {
  code: 'SQL113',
  severity: 'error',
  title: 'ADD COLUMN … STORED rewrites the table, VIRTUAL NOT NULL reads it',
  reason: 'Every row gets the value that is worked out for it',
  hint: 'a plain column, filled by a trigger and a back-fill, or VIRTUAL from version 18',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [{ sql: 'ALTER TABLE users ADD COLUMN low text GENERATED ALWAYS AS (lower(email)) STORED' }],
  good: [{ sql: 'ALTER TABLE users ADD COLUMN low text GENERATED ALWAYS AS (lower(email)) VIRTUAL', server: 18 }],
  kinds: ['alter-table'],
  check: (one) => {
    eachAction(one, 'add-column', ({ column }, table) => {
      if (column.generated === 'virtual' && column.notNull)
        one.tell(
          locked(
            `ADD COLUMN ${column.name} … VIRTUAL NOT NULL`,
            'ACCESS EXCLUSIVE',
            table,
            'while the whole table is read',
          ),
          'add it without NOT NULL, then a NOT VALID check that is validated in a later file',
        );
      if (column.generated === 'stored')
        one.tell(
          locked(`ADD COLUMN ${column.name} … STORED`, 'ACCESS EXCLUSIVE', table, 'while the whole table is rewritten'),
        );
    });
  },
};
