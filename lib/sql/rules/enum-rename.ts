import { as, type SqlRule } from '../rule';

export const enumRename: SqlRule = {
  code: 'SQL148',
  severity: 'error',
  title: 'Renaming an enum value breaks the versions that use it',
  reason: 'Old and new pods run beside each other',
  hint: 'add a new value, and move over',
  source: 'https://www.postgresql.org/docs/current/sql-altertype.html',
  bad: [{ sql: "ALTER TYPE mood RENAME VALUE 'a' TO 'b'" }],
  good: [{ sql: "ALTER TYPE mood ADD VALUE 'b'" }],
  kinds: ['rename-enum-value'],
  check: (one) => {
    const renamed = as(one, 'rename-enum-value');
    if (renamed && one.state.enums.get(renamed.type) !== one.file)
      one.tell(`versions that say '${renamed.from}' of ${renamed.type} fail`);
  },
};
