import { locked } from '../locks';
import { isSerial } from '../model/column';
import { eachAction, type SqlRule } from '../rule';

export const addColumnSerial: SqlRule = {
  code: 'SQL112',
  severity: 'error',
  title: 'ADD COLUMN with serial or identity rewrites the table',
  reason: 'Every row gets a number of its own',
  hint: 'add a plain column, a sequence and a default, and fill in batches',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [
    { sql: 'ALTER TABLE users ADD COLUMN n bigserial' },
    { sql: 'ALTER TABLE users ADD COLUMN n bigint GENERATED ALWAYS AS IDENTITY' },
  ],
  good: [{ sql: 'ALTER TABLE users ADD COLUMN n bigint' }],
  kinds: ['alter-table'],
  check: (one) => {
    eachAction(one, 'add-column', ({ column }, table) => {
      if (column.identity || isSerial(column.type.name))
        one.tell(
          locked(
            `ADD COLUMN ${column.name}`,
            'ACCESS EXCLUSIVE',
            table,
            'while the whole table is rewritten to number its rows',
          ),
        );
    });
  },
};
