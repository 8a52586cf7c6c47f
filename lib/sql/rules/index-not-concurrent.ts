import { locked } from '../locks';
import { as, type SqlRule } from '../rule';
import { quoteName } from '../text';

export const indexNotConcurrent: SqlRule = {
  code: 'SQL101',
  severity: 'error',
  title: 'CREATE INDEX without CONCURRENTLY blocks writes',
  reason: 'The table is read as a whole under SHARE, and every write waits until the index is built',
  hint: 'build it with CONCURRENTLY in a file of its own, with a .conf that says executeInTransaction=false',
  source: 'https://www.postgresql.org/docs/current/sql-createindex.html',
  bad: [{ sql: 'CREATE INDEX ix ON users (email)' }],
  good: [
    { sql: 'CREATE INDEX CONCURRENTLY ix ON users (email)', transaction: false },
    { sql: 'CREATE TABLE t (a int); CREATE INDEX ix ON t (a)' },
  ],
  kinds: ['create-index'],
  check: (one) => {
    const index = as(one, 'create-index');
    if (index === undefined || index.concurrent || index.only || one.fresh(index.table)) return;
    const unique = index.unique ? 'UNIQUE ' : '';
    one.tell(
      locked(`CREATE INDEX ${index.name}`, 'SHARE', index.table, 'while the whole table is read'),
      `in a file of its own with executeInTransaction=false: CREATE ${unique}INDEX CONCURRENTLY ${quoteName(index.name)} ON ${quoteName(index.table)} (${index.columns.join(', ')});`,
    );
  },
};
