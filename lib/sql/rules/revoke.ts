import { as, type SqlRule } from '../rule';

export const revoke: SqlRule = {
  code: 'SQL146',
  severity: 'warning',
  title: 'REVOKE before contract may lock out the running version',
  reason: 'It runs with the rights it had',
  hint: 'revoke in contract',
  source: 'https://www.postgresql.org/docs/current/sql-revoke.html',
  bad: [{ sql: 'REVOKE SELECT ON users FROM app' }],
  good: [{ sql: 'GRANT SELECT ON users TO app' }],
  check: (one) => {
    const revoked = as(one, 'revoke');
    if (revoked && one.phase !== 'contract' && !/\bfrom\s+public\b/i.test(one.text))
      one.tell(`REVOKE on ${revoked.what || 'something'}: the running version may need the right`);
  },
};
