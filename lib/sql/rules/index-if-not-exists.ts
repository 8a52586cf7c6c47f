import { as, type SqlRule } from '../rule';
import { quoteName } from '../text';

export const indexIfNotExists: SqlRule = {
  code: 'SQL104',
  severity: 'warning',
  title: 'IF NOT EXISTS keeps an INVALID index',
  reason: 'A build that was killed leaves an INVALID index; the next run skips it and reports success',
  hint: 'drop what an earlier attempt left, then create it without IF NOT EXISTS',
  source: 'https://www.postgresql.org/docs/current/sql-createindex.html',
  bad: [{ sql: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS ix ON users (email)', transaction: false }],
  good: [
    {
      sql: 'DROP INDEX CONCURRENTLY IF EXISTS ix; CREATE INDEX CONCURRENTLY IF NOT EXISTS ix ON users (email)',
      transaction: false,
    },
  ],
  kinds: ['create-index'],
  check: (one) => {
    const index = as(one, 'create-index');
    if (!index?.concurrent || !index.ifNotExists || one.state.droppedIndexes.has(index.name)) return;
    one.tell(
      `IF NOT EXISTS would keep an INVALID ${index.name} and call it a success`,
      `DROP INDEX CONCURRENTLY IF EXISTS ${quoteName(index.name)}; before it, and no IF NOT EXISTS`,
    );
  },
};
