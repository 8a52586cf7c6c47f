import { locked } from '../locks';
import { as, type SqlRule } from '../rule';

export const createTrigger: SqlRule = {
  code: 'SQL159',
  severity: 'warning',
  title: 'CREATE TRIGGER queues writers behind it',
  reason: 'SHARE ROW EXCLUSIVE is waited for behind every open write',
  hint: 'SET LOCAL lock_timeout before it',
  source: 'https://www.postgresql.org/docs/current/sql-createtrigger.html',
  bad: [{ sql: 'CREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION f()' }],
  good: [
    {
      sql: "SET LOCAL lock_timeout = '500ms'; CREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION f()",
    },
  ],
  kinds: ['create-trigger'],
  check: (one) => {
    const trigger = as(one, 'create-trigger');
    const limit = one.progress.setting('lock_timeout');
    const bounded = limit !== undefined && !/^0/.test(limit.value);
    if (trigger && !bounded && !one.fresh(trigger.table))
      one.tell(
        locked(
          `CREATE TRIGGER ${trigger.name}`,
          'SHARE ROW EXCLUSIVE',
          trigger.table,
          'for a moment, but behind every open write',
        ),
      );
  },
};
