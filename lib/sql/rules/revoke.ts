import { as, eachAction, type SqlRule } from '../rule';

export const revoke: SqlRule = {
  code: 'SQL146',
  severity: 'warning',
  title: 'REVOKE or a new owner before contract may lock out the running version',
  reason: 'It runs with the rights it had',
  hint: 'revoke in contract',
  source: 'https://www.postgresql.org/docs/current/sql-revoke.html',
  bad: [{ sql: 'REVOKE SELECT ON users FROM app' }, { sql: 'ALTER TABLE users OWNER TO admin' }],
  good: [{ sql: 'GRANT SELECT ON users TO app' }],
  kinds: ['alter-table', 'revoke'],
  check: (one) => {
    eachAction(one, 'owner', (_, table) => {
      if (one.phase !== 'contract')
        one.tell(
          `OWNER TO takes the owner's rights on ${table} from the old one: the running version may need them`,
          'grant what the running version needs first, and change the owner in contract',
        );
    });
    const revoked = as(one, 'revoke');
    if (revoked && one.phase !== 'contract' && !/\bfrom\s+public\b/i.test(one.text))
      one.tell(`REVOKE on ${revoked.what || 'something'}: the running version may need the right`);
  },
};
