import { as, type SqlRule } from '../rule';

export const rowLocks: SqlRule = {
  code: 'SQL164',
  severity: 'warning',
  title: 'SELECT … FOR UPDATE without a bound locks every row',
  reason: 'Writers of these rows wait until the end',
  hint: 'add a WHERE and a LIMIT',
  source: 'https://www.postgresql.org/docs/current/explicit-locking.html',
  bad: [{ sql: 'SELECT * FROM users FOR UPDATE' }],
  good: [{ sql: 'SELECT * FROM users LIMIT 10 FOR UPDATE' }],
  kinds: ['select'],
  check: (one) => {
    const select = as(one, 'select');
    if (select?.locksRows && !select.limited)
      one.tell(`every row of ${one.tables.join(', ')} is locked until the transaction ends`);
  },
};
