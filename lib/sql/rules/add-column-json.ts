import { eachAction, type SqlRule } from '../rule';
import { quoteName } from '../text';

export const addColumnJson: SqlRule = {
  code: 'SQL114',
  severity: 'warning',
  title: 'json has no equality',
  reason: 'SELECT DISTINCT and GROUP BY over the row fail from then on',
  hint: 'use jsonb',
  source: 'https://www.postgresql.org/docs/current/datatype-json.html',
  bad: [{ sql: 'ALTER TABLE users ADD COLUMN p json' }],
  good: [{ sql: 'ALTER TABLE users ADD COLUMN p jsonb' }],
  kinds: ['alter-table'],
  check: (one) => {
    eachAction(one, 'add-column', ({ column }, table) => {
      if (column.type.name === 'json')
        one.tell(
          `${table}.${column.name} is json, which cannot be compared`,
          `ALTER TABLE ${quoteName(table)} ADD COLUMN ${quoteName(column.name)} jsonb${column.type.array ? '[]' : ''};`,
        );
    });
  },
};
