import { eachAction, type SqlRule } from '../rule';

export const dropDefault: SqlRule = {
  code: 'SQL145',
  severity: 'warning',
  title: 'DROP DEFAULT breaks writes that leave the column out',
  reason: 'The running version may leave out a NOT NULL column',
  hint: 'drop it in contract',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [
    { sql: 'ALTER TABLE users ALTER COLUMN n DROP DEFAULT', schema: 'CREATE TABLE users (n int NOT NULL DEFAULT 0);' },
  ],
  good: [{ sql: 'ALTER TABLE users ALTER COLUMN n DROP DEFAULT', phase: 'contract' }],
  kinds: ['alter-table'],
  check: (one) => {
    eachAction(one, 'drop-default', ({ column }, table) => {
      const notNull = one.state.column(table, column)?.notNull;
      if (one.phase === 'contract' || notNull === false) return;
      one.tell(
        notNull
          ? `${table}.${column} is NOT NULL: inserts of the running version that leave it out fail`
          : `where ${table}.${column} is NOT NULL, which is not known here, inserts of the running version that leave it out fail`,
      );
    });
  },
};
