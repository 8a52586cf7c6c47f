import { eachAction, type SqlRule } from '../rule';

export const primaryKeyNullable: SqlRule = {
  code: 'SQL126',
  severity: 'error',
  title: 'PRIMARY KEY USING INDEX reads the table where a column may be null',
  reason: 'It sets NOT NULL first, under ACCESS EXCLUSIVE',
  hint: 'make the columns NOT NULL by a validated check first',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [
    {
      sql: 'ALTER TABLE users ADD PRIMARY KEY USING INDEX ux',
      schema: 'CREATE TABLE users (id int); CREATE UNIQUE INDEX ux ON users (id);',
    },
  ],
  good: [
    {
      sql: 'ALTER TABLE users ADD PRIMARY KEY USING INDEX ux',
      schema: 'CREATE TABLE users (id int NOT NULL); CREATE UNIQUE INDEX ux ON users (id);',
    },
  ],
  kinds: ['alter-table'],
  check: (one) => {
    eachAction(one, 'add-constraint', ({ constraint }, table) => {
      if (constraint.kind !== 'primary-key' || constraint.usingIndex === undefined) return;
      const columns = one.state.indexes.get(constraint.usingIndex)?.columns ?? [];
      const nullable = columns.filter(
        (column) => one.state.column(table, column)?.notNull === false && !one.state.provesNotNull(table, column),
      );
      if (nullable.length > 0)
        one.tell(
          `${table}.${nullable.join(', ')} may be null: the primary key reads the whole table under ACCESS EXCLUSIVE`,
        );
    });
  },
};
