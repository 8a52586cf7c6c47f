import { locked } from '../locks';
import { as, type SqlRule } from '../rule';
import { quoteName } from '../text';

export const reindex: SqlRule = {
  code: 'SQL107',
  severity: 'error',
  title: 'REINDEX without CONCURRENTLY blocks writes, and reads through the index',
  reason: 'The table is locked with SHARE and the index with ACCESS EXCLUSIVE while it is built',
  hint: 'REINDEX … CONCURRENTLY in a file with executeInTransaction=false',
  source: 'https://www.postgresql.org/docs/current/sql-reindex.html',
  bad: [{ sql: 'REINDEX TABLE users' }],
  good: [{ sql: 'REINDEX TABLE CONCURRENTLY users', transaction: false }],
  kinds: ['reindex'],
  check: (one) => {
    const reindex = as(one, 'reindex');
    if (reindex === undefined || reindex.concurrent || one.fresh(reindex.name)) return;
    one.tell(
      locked(
        `REINDEX ${reindex.object}`,
        'ACCESS EXCLUSIVE',
        reindex.name,
        'while the index is built (writes to the whole table wait too)',
      ),
      `REINDEX ${reindex.object} CONCURRENTLY ${quoteName(reindex.name)};`,
    );
  },
};
