import { as, type SqlRule } from '../rule';

export const setSchema: SqlRule = {
  code: 'SQL142',
  severity: 'error',
  title: 'SET SCHEMA is a rename',
  reason: 'Every version that says the old name fails at once',
  hint: 'make a view in the new schema, and move over',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [{ sql: 'ALTER TABLE users SET SCHEMA app' }],
  good: [{ sql: 'CREATE SCHEMA app' }],
  kinds: ['set-schema'],
  check: (one) => {
    const moved = as(one, 'set-schema');
    if (moved && !one.fresh(moved.name))
      one.tell(
        `${moved.object.toLowerCase()} ${moved.name} moves to ${moved.to}: versions that look for it where it was fail`,
      );
  },
};
