import type { SqlRule } from '../rule';

export const enumUsedAtOnce: SqlRule = {
  code: 'SQL147',
  severity: 'error',
  title: 'A new enum value cannot be used in the transaction that adds it',
  reason: 'PostgreSQL refuses it with 55P04',
  hint: 'use it in a later file',
  source: 'https://www.postgresql.org/docs/current/sql-altertype.html',
  bad: [{ sql: "ALTER TYPE mood ADD VALUE 'calm'; INSERT INTO m (x) VALUES ('calm')" }],
  good: [{ sql: "ALTER TYPE mood ADD VALUE 'calm'" }],
  kinds: 'any',
  check: (one) => {
    if (one.statement.kind === 'add-enum-value' || !one.inTransaction) return;
    for (const value of one.literals)
      if (one.state.enumValues.get(value) === one.transaction)
        one.tell(`'${value}' was added in this transaction, and using it fails with 55P04`);
  },
};
