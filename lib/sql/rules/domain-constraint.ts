import { as, type SqlRule } from '../rule';

export const domainConstraint: SqlRule = {
  code: 'SQL132',
  severity: 'error',
  title: 'A constraint of a domain is checked in every table that uses it',
  reason: 'SHARE is held on all of them meanwhile',
  hint: 'add it NOT VALID; validate it later (from version 18 without blocking writes)',
  source: 'https://www.postgresql.org/docs/current/sql-alterdomain.html',
  bad: [{ sql: 'ALTER DOMAIN mail ADD CONSTRAINT c CHECK (length(value) > 3)' }],
  good: [{ sql: 'ALTER DOMAIN mail ADD CONSTRAINT c CHECK (length(value) > 3) NOT VALID' }],
  kinds: ['alter-domain'],
  check: (one) => {
    const domain = as(one, 'alter-domain');
    if (domain?.action === 'constrain' || (domain?.action === 'validate' && one.server < 18))
      one.tell(
        `ALTER DOMAIN ${domain.domain} takes SHARE on every table that uses it and reads them: all writes wait meanwhile`,
      );
  },
};
