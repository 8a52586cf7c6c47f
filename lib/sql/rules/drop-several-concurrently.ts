import { as, type SqlRule } from '../rule';

export const dropSeveralConcurrently: SqlRule = {
  code: 'SQL106',
  severity: 'error',
  title: 'DROP INDEX CONCURRENTLY takes one index and no CASCADE',
  reason: 'PostgreSQL refuses it',
  hint: 'one statement for each index, without CASCADE',
  source: 'https://www.postgresql.org/docs/current/sql-dropindex.html',
  bad: [{ sql: 'DROP INDEX CONCURRENTLY a, b', transaction: false }],
  good: [{ sql: 'DROP INDEX CONCURRENTLY a', transaction: false }],
  kinds: ['drop'],
  check: (one) => {
    const drop = as(one, 'drop');
    if (drop?.object === 'INDEX' && drop.concurrent && (drop.names.length > 1 || drop.cascade))
      one.tell(`DROP INDEX CONCURRENTLY ${drop.names.join(', ')}${drop.cascade ? ' CASCADE' : ''} is refused`);
  },
};
