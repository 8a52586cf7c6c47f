import { locked } from '../locks';
import { eachAction, type SqlRule } from '../rule';
import { quoteName } from '../text';

export const foreignKeyValid: SqlRule = {
  code: 'SQL123',
  severity: 'error',
  title: 'A foreign key that is added valid blocks writes to both tables',
  reason: 'SHARE ROW EXCLUSIVE is held on both while every row is looked up',
  hint: 'add it NOT VALID and validate it in a later file',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [
    { sql: 'ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users (id)' },
    { sql: 'ALTER TABLE orders ALTER CONSTRAINT f ENFORCED', server: 18 },
  ],
  good: [{ sql: 'ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID' }],
  kinds: ['alter-table'],
  check: (one) => {
    eachAction(one, 'add-constraint', ({ constraint }, table) => {
      if (constraint.kind !== 'foreign-key' || constraint.notValid || !constraint.enforced) return;
      one.tell(
        locked(
          `FOREIGN KEY ${constraint.name}`,
          'SHARE ROW EXCLUSIVE',
          table,
          `and on ${constraint.references}, while every row is looked up`,
        ),
        `ALTER TABLE ${quoteName(table)} ADD CONSTRAINT ${quoteName(constraint.name || '…')} … NOT VALID; and in the next file ALTER TABLE ${quoteName(table)} VALIDATE CONSTRAINT ${quoteName(constraint.name || '…')};`,
      );
    });
    eachAction(one, 'enforce-constraint', ({ name }, table) =>
      one.tell(
        locked(
          `ENFORCED for ${name}`,
          'SHARE ROW EXCLUSIVE',
          table,
          'and on the other table, while every row is looked up',
        ),
        'drop it and add it again NOT VALID, then validate it in a later file',
      ),
    );
  },
};
