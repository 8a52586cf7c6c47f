import { as, type SqlRule } from '../rule';

export const transactionControl: SqlRule = {
  code: 'SQL171',
  severity: 'error',
  title: 'COMMIT ends the transaction that Flyway has opened',
  reason: 'What follows runs without one, or PostgreSQL refuses it with 2D000',
  hint: 'let Flyway open it, or give the file a .conf with executeInTransaction=false',
  source: 'https://www.postgresql.org/docs/current/plpgsql-transactions.html',
  bad: [{ sql: 'BEGIN; ALTER TABLE t ADD COLUMN a int; COMMIT' }, { sql: 'DO $$ BEGIN COMMIT; END $$' }],
  good: [{ sql: 'BEGIN; ALTER TABLE t ADD COLUMN a int; COMMIT', transaction: false }, { sql: 'SAVEPOINT a' }],
  kinds: ['transaction'],
  check: (one) => {
    const transaction = as(one, 'transaction');
    if (transaction === undefined) return;
    if (transaction.op === 'savepoint' || transaction.op === 'rollback-to') {
      if (!one.inTransaction)
        one.tell('a savepoint outside of a transaction is refused with 25P01', 'BEGIN before it, or remove it');
      return;
    }
    if (transaction.op === 'prepared') one.tell('a prepared transaction keeps its locks until someone ends it');
    else if (one.within !== undefined) one.tell('COMMIT in a body is refused with 2D000 inside a transaction');
    else if (one.inTransaction && !(one.progress.begun && !/#0$/.test(one.transaction)))
      one.tell(`${transaction.op.toUpperCase()} in a file that Flyway runs in a transaction`);
  },
};
