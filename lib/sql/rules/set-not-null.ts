import { locked } from '../locks';
import { eachAction, type SqlRule } from '../rule';
import { quoteName } from '../text';

export const setNotNull: SqlRule = {
  code: 'SQL121',
  severity: 'error',
  title: 'SET NOT NULL reads the whole table under ACCESS EXCLUSIVE',
  reason: 'Only a valid CHECK (… IS NOT NULL) makes it a change of the catalog (since version 12)',
  hint: 'prove it by a check that was validated before',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [{ sql: 'ALTER TABLE users ALTER COLUMN email SET NOT NULL' }],
  good: [
    {
      sql: 'ALTER TABLE users ALTER COLUMN email SET NOT NULL',
      schema: 'CREATE TABLE users (email text, CONSTRAINT c CHECK (email IS NOT NULL));',
    },
  ],
  kinds: ['alter-table'],
  check: (one) => {
    eachAction(one, 'set-not-null', ({ column }, table) => {
      if (one.state.provesNotNull(table, column)) return;
      const t = quoteName(table);
      const c = quoteName(column);
      const check = quoteName(`${table.split('.').at(-1)}_${column}_not_null`);
      one.tell(
        locked(`SET NOT NULL on ${column}`, 'ACCESS EXCLUSIVE', table, 'while the whole table is read'),
        `ALTER TABLE ${t} ADD CONSTRAINT ${check} CHECK (${c} IS NOT NULL) NOT VALID; in the next file ALTER TABLE ${t} VALIDATE CONSTRAINT ${check}; then ALTER TABLE ${t} ALTER COLUMN ${c} SET NOT NULL; and drop the check`,
      );
    });
  },
};
