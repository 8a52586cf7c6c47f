import type { SqlRule } from '../rule';

export const serverVersion: SqlRule = {
  code: 'SQL191',
  severity: 'error',
  title: 'The server does not know this',
  reason: 'The grammar is that of version 18; older servers refuse it',
  hint: 'wait for the version, or write it as the older server knows it',
  source: 'https://www.postgresql.org/docs/current/release.html',
  bad: [{ sql: 'MERGE INTO a USING (VALUES (1)) AS b (id) ON a.id = b.id WHEN MATCHED THEN DELETE', server: 14 }],
  good: [{ sql: 'ALTER TABLE t ADD CONSTRAINT c NOT NULL a NOT VALID', server: 18 }],
  kinds: 'any',
  check: (one) => {
    for (const { what, since } of one.features)
      if (one.server < since) one.tell(`${what} is known from PostgreSQL ${since}, and the server is ${one.server}`);
  },
};
