import { releasesOf, writesColumn } from '../releases';
import { as, type SqlRule } from '../rule';

export const backfillDrift: SqlRule = {
  code: 'SQL205',
  severity: 'warning',
  title: 'Rows go wrong again behind the back-fill',
  reason: 'A version writes the source column and not the new one, and no trigger keeps them equal',
  hint: 'create a trigger in expand, or run a second pass after promotion, before contract',
  source: 'https://www.postgresql.org/docs/current/sql-createtrigger.html',
  bad: [
    {
      sql: 'UPDATE users SET b = a WHERE id BETWEEN 1 AND 500',
      phase: 'backfill',
      releases: { stable: { reads: [], writes: ['users.a'], selectStar: [] } },
    },
  ],
  good: [
    {
      sql: 'UPDATE users SET b = a WHERE id BETWEEN 1 AND 500',
      phase: 'backfill',
      releases: { stable: { reads: [], writes: ['users.a', 'users.b'], selectStar: [] } },
    },
  ],
  kinds: ['data'],
  check: (one) => {
    for (const [name, use] of releasesOf(one))
      for (const change of as(one, 'data')?.changes ?? []) {
        if (change.verb !== 'UPDATE') continue;
        const source = change.reads.find((column) => writesColumn(use, change.table, column));
        const target = change.sets.find((column) => !writesColumn(use, change.table, column));
        if (source && target && source !== target && !one.state.keepsEqual(change.table, target))
          one.tell(`the ${name} version goes on writing ${change.table}.${source} without ${target}`);
      }
  },
};
