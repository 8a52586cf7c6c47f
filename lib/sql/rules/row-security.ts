import { as, eachAction, type SqlRule } from '../rule';

export const rowSecurity: SqlRule = {
  code: 'SQL160',
  severity: 'error',
  title: 'ROW LEVEL SECURITY hides rows at once',
  reason: 'Without policies the running version sees none',
  hint: 'create the policies first, and enable it in contract',
  source: 'https://www.postgresql.org/docs/current/ddl-rowsecurity.html',
  bad: [{ sql: 'ALTER TABLE users ENABLE ROW LEVEL SECURITY' }],
  good: [{ sql: 'CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY' }],
  kinds: ['alter-table', 'create-policy', 'create-rule'],
  check: (one) => {
    eachAction(one, 'row-security', ({ on }, table) => {
      if (on) one.tell(`ROW LEVEL SECURITY on ${table} hides every row that no policy shows`);
      else
        one.tell(
          `without ROW LEVEL SECURITY every row of ${table} is shown to everyone who may read the table`,
          'make sure that no version relies on the policies',
          'warning',
        );
    });
    const policy = as(one, 'create-policy');
    if (policy?.restrictive && !one.fresh(policy.table))
      one.tell(
        `policy ${policy.name} is restrictive: it hides rows of ${policy.table} that others show`,
        'create it in contract, when no version reads those rows',
        'warning',
      );
    const created = as(one, 'create-rule');
    if (created && !one.fresh(created.table))
      one.tell(`rule ${created.name} rewrites the statements of the running version on ${created.table}`);
  },
};
