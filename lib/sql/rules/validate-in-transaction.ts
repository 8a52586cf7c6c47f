import { eachAction, type SqlRule } from '../rule';
import { quoteName } from '../text';

export const validateInTransaction: SqlRule = {
  code: 'SQL124',
  severity: 'error',
  title: 'NOT VALID and VALIDATE in one transaction',
  reason: 'The lock of ADD CONSTRAINT is held while VALIDATE reads the table',
  hint: 'validate in a file of its own',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [{ sql: 'ALTER TABLE users ADD CONSTRAINT c CHECK (n > 0) NOT VALID; ALTER TABLE users VALIDATE CONSTRAINT c' }],
  good: [{ sql: 'ALTER TABLE users VALIDATE CONSTRAINT c' }],
  kinds: ['alter-table'],
  check: (one) => {
    eachAction(one, 'validate-constraint', ({ name }, table) => {
      const held = one.progress.altered(one.transaction, table);
      const beside =
        one.statement.kind === 'alter-table' &&
        one.statement.actions.some(({ kind }) => kind !== 'validate-constraint');
      if ((held && one.inTransaction) || beside)
        one.tell(
          `VALIDATE CONSTRAINT ${name} reads all of ${table} while the lock of the ALTER TABLE before it is held: reads and writes wait`,
          `move ALTER TABLE ${quoteName(table)} VALIDATE CONSTRAINT ${quoteName(name)}; to the next file`,
        );
    });
  },
};
