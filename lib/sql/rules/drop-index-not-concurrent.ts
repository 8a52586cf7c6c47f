import { locked } from '../locks';
import { as, type SqlRule } from '../rule';
import { quoteName } from '../text';

export const dropIndexNotConcurrent: SqlRule = {
  code: 'SQL105',
  severity: 'error',
  title: 'DROP INDEX without CONCURRENTLY blocks reads and writes',
  reason: 'It waits for ACCESS EXCLUSIVE on the table, and every query queues behind it',
  hint: 'DROP INDEX CONCURRENTLY in a file of its own with executeInTransaction=false',
  source: 'https://www.postgresql.org/docs/current/sql-dropindex.html',
  bad: [{ sql: 'DROP INDEX ix' }],
  good: [
    { sql: 'DROP INDEX CONCURRENTLY ix', transaction: false },
    { sql: 'CREATE TABLE t (a int); CREATE INDEX ix ON t (a); DROP INDEX ix' },
  ],
  kinds: ['drop'],
  check: (one) => {
    const drop = as(one, 'drop');
    if (drop?.object !== 'INDEX' || drop.concurrent) return;
    if (drop.names.every((name) => one.fresh(one.state.indexes.get(name)?.table ?? ''))) return;
    const [name = ''] = drop.names;
    one.tell(
      locked(
        `DROP INDEX ${name}`,
        'ACCESS EXCLUSIVE',
        one.state.indexes.get(name)?.table ?? 'its table',
        'for a moment, but behind every query that is open',
      ),
      `DROP INDEX CONCURRENTLY ${quoteName(name)};`,
    );
  },
};
