import { isBounded, MOST_ROWS } from '../bounded';
import { locked } from '../locks';
import { as, type SqlRule } from '../rule';
import { quoteName } from '../text';

/** What the statements of one transaction may change together; the next one is too much. */
const MOST_IN_TRANSACTION = 5 * MOST_ROWS;

export const unbatchedChange: SqlRule = {
  code: 'SQL161',
  severity: 'error',
  title: 'A change of data without a bound locks all its rows until the end',
  reason: 'Writers of these rows wait, and vacuum and replicas fall behind',
  hint: 'go through the table by key, some thousand rows each, with a COMMIT between',
  source: 'https://www.postgresql.org/docs/current/sql-update.html',
  bad: [
    { sql: 'UPDATE users SET a = 1' },
    { sql: 'DELETE FROM users WHERE old' },
    { sql: 'INSERT INTO a SELECT * FROM b' },
  ],
  good: [
    { sql: 'UPDATE users SET a = 1 WHERE id BETWEEN 1 AND 1000' },
    { sql: 'INSERT INTO users (a) VALUES (1)' },
    { sql: 'DELETE FROM users WHERE id IN (SELECT id FROM users WHERE old LIMIT 1000)' },
  ],
  kinds: ['data'],
  check: (one) => {
    for (const change of as(one, 'data')?.changes ?? []) {
      if (one.fresh(change.table)) continue;
      const bounded = isBounded(change, one);
      const looped = one.within?.loop === 'uncommitted';
      const many =
        one.inTransaction &&
        one.progress.changed(one.transaction, change.table) > MOST_IN_TRANSACTION &&
        change.verb !== 'INSERT';
      if (bounded && !looped && !many) continue;
      const loop = !bounded ? '' : looped ? ', in a loop without COMMIT' : ', as one of many in one transaction';
      one.tell(
        locked(
          `${change.verb} without a bound${loop}`,
          'ROW EXCLUSIVE',
          change.table,
          'and keeps each row that it changes locked until the end',
        ),
        `walk ${quoteName(change.table)} by its key: WHERE id > … AND id <= …, at most ${MOST_ROWS} rows each, in backfill/ with executeInTransaction=false`,
      );
    }
  },
};
