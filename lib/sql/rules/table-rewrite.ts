import { locked } from '../locks';
import type { SqlRule } from '../rule';

export const tableRewrite: SqlRule = {
  code: 'SQL133',
  severity: 'error',
  title: 'The table is copied as a whole',
  reason: 'Under ACCESS EXCLUSIVE, so that nobody reads or writes meanwhile',
  hint: 'make a new table and move the rows in batches',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [{ sql: 'ALTER TABLE users SET LOGGED' }, { sql: 'ALTER TABLE users SET TABLESPACE fast' }],
  good: [{ sql: 'ALTER TABLE users SET (fillfactor = 70)' }],
  kinds: ['alter-table'],
  check: (one) => {
    const { statement } = one;
    if (statement.kind !== 'alter-table' || one.fresh(statement.table)) return;
    for (const action of statement.actions) {
      const what =
        action.kind === 'rewrite'
          ? action.what
          : action.kind === 'expression' && action.op === 'set'
            ? `SET EXPRESSION of ${action.column}`
            : undefined;
      if (what !== undefined)
        one.tell(locked(what, 'ACCESS EXCLUSIVE', statement.table, 'while it is copied as a whole'));
    }
  },
};
