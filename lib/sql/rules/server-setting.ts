import { as, type SqlRule } from '../rule';

export const serverSetting: SqlRule = {
  code: 'SQL183',
  severity: 'error',
  title: 'A setting of the server, a database or a role',
  reason: 'It holds for all who connect, not for this migration',
  hint: 'set it where the server is described',
  source: 'https://www.postgresql.org/docs/current/sql-altersystem.html',
  bad: [{ sql: "ALTER SYSTEM SET work_mem = '1GB'" }],
  good: [{ sql: "SET LOCAL work_mem = '64MB'" }],
  kinds: ['server-setting'],
  check: (one) => {
    const setting = as(one, 'server-setting');
    if (setting) one.tell(`ALTER ${setting.where} SET ${setting.name} changes the server for everyone`);
  },
};
