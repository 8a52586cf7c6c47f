import { locked } from '../locks';
import { as, type SqlRule } from '../rule';
import { quoteName } from '../text';

export const refresh: SqlRule = {
  code: 'SQL155',
  severity: 'error',
  title: 'REFRESH MATERIALIZED VIEW blocks its readers',
  reason: 'ACCESS EXCLUSIVE is held while the query runs',
  hint: 'REFRESH … CONCURRENTLY, which needs a unique index',
  source: 'https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html',
  bad: [{ sql: 'REFRESH MATERIALIZED VIEW m' }],
  good: [{ sql: 'REFRESH MATERIALIZED VIEW CONCURRENTLY m' }],
  kinds: ['refresh'],
  check: (one) => {
    const refresh = as(one, 'refresh');
    if (refresh && !refresh.concurrent && !one.fresh(refresh.view))
      one.tell(
        locked('REFRESH MATERIALIZED VIEW', 'ACCESS EXCLUSIVE', refresh.view, 'while its query runs'),
        `REFRESH MATERIALIZED VIEW CONCURRENTLY ${quoteName(refresh.view)};`,
      );
  },
};
