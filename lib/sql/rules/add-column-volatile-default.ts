import { locked } from '../locks';
import { showType } from '../model/names';
import { eachAction, type SqlRule } from '../rule';
import { quoteName } from '../text';
import { isSteady } from '../volatility';

export const addColumnVolatileDefault: SqlRule = {
  code: 'SQL111',
  severity: 'error',
  title: 'ADD COLUMN with a default that differs by row rewrites the table',
  reason: 'Only a default that is constant for the statement is kept in the catalog (since version 11)',
  hint: 'add the column without a default, set the default after it, then fill in batches',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [{ sql: 'ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid()' }],
  good: [
    { sql: 'ALTER TABLE users ADD COLUMN at timestamptz DEFAULT now()' },
    { sql: 'ALTER TABLE users ADD COLUMN n int NOT NULL DEFAULT 0' },
  ],
  kinds: ['alter-table'],
  check: (one) => {
    eachAction(one, 'add-column', ({ column }, table) => {
      const call = column.default?.calls.find((name) => !isSteady(name));
      if (call === undefined) return;
      const name = quoteName(column.name);
      one.tell(
        locked(
          `ADD COLUMN ${column.name} DEFAULT ${call}()`,
          'ACCESS EXCLUSIVE',
          table,
          'while the whole table is rewritten',
        ),
        `ALTER TABLE ${quoteName(table)} ADD COLUMN ${name} ${showType(column.type)}; ALTER TABLE ${quoteName(table)} ALTER COLUMN ${name} SET DEFAULT ${call}(); then fill the old rows in batches`,
      );
    });
  },
};
