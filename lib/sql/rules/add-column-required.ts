import { isSerial } from '../model/column';
import { showType } from '../model/names';
import { eachAction, type SqlRule } from '../rule';
import { quoteName } from '../text';

export const addColumnRequired: SqlRule = {
  code: 'SQL115',
  severity: 'error',
  title: 'ADD COLUMN NOT NULL without a default fails on rows that exist',
  reason: 'And the version that runs does not fill the column',
  hint: 'give it a constant default, or add it nullable, fill it, and then set NOT NULL',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [{ sql: 'ALTER TABLE users ADD COLUMN n int NOT NULL' }],
  good: [{ sql: 'ALTER TABLE users ADD COLUMN n int NOT NULL DEFAULT 0' }],
  kinds: ['alter-table'],
  check: (one) => {
    eachAction(one, 'add-column', ({ column }, table) => {
      if (
        column.notNull &&
        (column.default === undefined || column.default.isNull) &&
        !column.identity &&
        !isSerial(column.type.name) &&
        column.generated === undefined
      )
        one.tell(
          `ADD COLUMN ${column.name} NOT NULL without a default is refused where ${table} has rows, and writes of the running version fail`,
          `ALTER TABLE ${quoteName(table)} ADD COLUMN ${quoteName(column.name)} ${showType(column.type)}; fill it, then set NOT NULL by a validated check`,
        );
    });
  },
};
