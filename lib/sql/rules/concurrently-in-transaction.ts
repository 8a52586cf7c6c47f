import type { SqlRule } from '../rule';
import { shorten } from '../text';

export const concurrentlyInTransaction: SqlRule = {
  code: 'SQL102',
  severity: 'error',
  title: 'CONCURRENTLY cannot run in a transaction',
  reason: 'PostgreSQL refuses it with 25001, and Flyway opens a transaction unless the .conf says otherwise',
  hint: 'give the file a .conf with executeInTransaction=false and nothing else in it that needs a transaction',
  source: 'https://www.postgresql.org/docs/current/sql-createindex.html',
  bad: [{ sql: 'CREATE INDEX CONCURRENTLY ix ON users (email)' }, { sql: 'REINDEX INDEX CONCURRENTLY ix' }],
  good: [{ sql: 'CREATE INDEX CONCURRENTLY ix ON users (email)', transaction: false }],
  kinds: ['create-index', 'drop', 'reindex', 'alter-table'],
  check: (one) => {
    const { statement } = one;
    const concurrent =
      ((statement.kind === 'create-index' || statement.kind === 'drop' || statement.kind === 'reindex') &&
        statement.concurrent) ||
      (statement.kind === 'alter-table' &&
        statement.actions.some((action) => action.kind === 'detach-partition' && action.concurrent));
    if (concurrent && (one.inTransaction || one.within !== undefined))
      one.tell(`${shorten(one.text)} is refused inside a transaction${one.within ? ', and so in a body' : ''}`);
  },
};
