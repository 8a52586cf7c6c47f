import { as, type SqlRule } from '../rule';
import { shorten } from '../text';

export const dataBesideDdl: SqlRule = {
  code: 'SQL162',
  severity: 'error',
  title: 'Data is changed, or a whole table read, while a lock of this transaction is held',
  reason: 'Everyone waits for the change of data, not only for the moment of ALTER TABLE',
  hint: 'put the data into a file of its own, in backfill/',
  source: 'https://www.postgresql.org/docs/current/explicit-locking.html',
  bad: [
    { sql: 'ALTER TABLE users ADD COLUMN a int; UPDATE users SET a = 1 WHERE id BETWEEN 1 AND 500' },
    { sql: 'ALTER TABLE users ADD COLUMN a int; SELECT count(*) FROM users' },
  ],
  good: [{ sql: 'ALTER TABLE users ADD COLUMN a int' }],
  kinds: 'any',
  check: (one) => {
    const changes = (as(one, 'data')?.changes ?? []).filter(
      ({ verb, table, reach }) => !one.fresh(table) && !(verb === 'INSERT' && reach.kind === 'rows'),
    );
    const select = as(one, 'select');
    const waits = one.calls.includes('pg_sleep')
      ? 'pg_sleep'
      : select?.whole
        ? `SELECT from ${one.tables.join(', ')}`
        : '';
    const what = changes.length > 0 ? `${changes[0]?.verb} ${changes[0]?.table}` : waits;
    if (what === '' || !one.inTransaction) return;
    const [held] = one.progress.held(one.transaction);
    if (held) one.tell(`${what} runs while the lock of "${shorten(held.by.text, 40)}" is held`);
  },
};
