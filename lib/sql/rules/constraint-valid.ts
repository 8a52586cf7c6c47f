import { locked } from '../locks';
import { eachAction, type SqlRule } from '../rule';
import { quoteName } from '../text';

export const constraintValid: SqlRule = {
  code: 'SQL122',
  severity: 'error',
  title: 'A check that is added valid reads the whole table',
  reason: 'Under ACCESS EXCLUSIVE, so that nobody reads or writes meanwhile',
  hint: 'add it NOT VALID and validate it in a later file',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [{ sql: 'ALTER TABLE users ADD CONSTRAINT c CHECK (n > 0)' }],
  good: [
    { sql: 'ALTER TABLE users ADD CONSTRAINT c CHECK (n > 0) NOT VALID' },
    { sql: 'ALTER TABLE users VALIDATE CONSTRAINT c' },
  ],
  kinds: ['alter-table'],
  check: (one) => {
    eachAction(one, 'add-constraint', ({ constraint }, table) => {
      if (
        (constraint.kind === 'check' || constraint.kind === 'not-null') &&
        !constraint.notValid &&
        constraint.enforced
      )
        one.tell(
          locked(`ADD CONSTRAINT ${constraint.name}`, 'ACCESS EXCLUSIVE', table, 'while the whole table is read'),
          `ALTER TABLE ${quoteName(table)} ADD CONSTRAINT ${quoteName(constraint.name || '…')} … NOT VALID; and in the next file ALTER TABLE ${quoteName(table)} VALIDATE CONSTRAINT ${quoteName(constraint.name || '…')};`,
        );
    });
  },
};
