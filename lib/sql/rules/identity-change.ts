import { eachAction, type SqlRule } from '../rule';

export const identityChange: SqlRule = {
  code: 'SQL134',
  severity: 'warning',
  title: 'Identity of a column in use is changed',
  reason: 'Writes of the running version that give or leave out the value may fail',
  hint: 'do it in contract, when every version writes the same way',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [
    { sql: 'ALTER TABLE users ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY' },
    { sql: 'ALTER TABLE users ALTER COLUMN id DROP IDENTITY' },
  ],
  good: [{ sql: 'ALTER TABLE users ALTER COLUMN id DROP IDENTITY', phase: 'contract' }],
  kinds: ['alter-table'],
  check: (one) => {
    eachAction(one, 'identity', ({ op, column }, table) => {
      if (one.phase !== 'contract')
        one.tell(
          `${op.toUpperCase()} IDENTITY of ${table}.${column} changes what writes of the running version must give`,
        );
    });
    eachAction(one, 'expression', ({ op, column }, table) => {
      if (op === 'drop' && one.phase !== 'contract')
        one.tell(
          `DROP EXPRESSION: ${table}.${column} is no longer worked out, and the running version does not write it`,
        );
    });
  },
};
