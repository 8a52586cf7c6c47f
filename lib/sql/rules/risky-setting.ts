import { as, type SqlRule } from '../rule';

export const riskySetting: SqlRule = {
  code: 'SQL182',
  severity: 'warning',
  title: 'A setting that changes what other statements mean',
  reason: 'It holds for the session, and Flyway runs the next files in it',
  hint: 'write the schema before each name, and leave the server to its owners',
  source: 'https://www.postgresql.org/docs/current/runtime-config-client.html',
  bad: [{ sql: 'SET search_path = app' }, { sql: "SET session_replication_role = 'replica'" }],
  good: [{ sql: "SET LOCAL statement_timeout = '5s'" }],
  kinds: ['set'],
  check: (one) => {
    const set = as(one, 'set');
    if (set === undefined || set.reset) return;
    if (set.name === 'session_replication_role')
      one.tell('triggers and foreign keys do not fire: rows go wrong without a word', undefined, 'error');
    else if (set.name === 'search_path' && !set.local)
      one.tell(
        'search_path holds for the files after this one, too',
        'SET LOCAL, or write the schema before each name',
      );
    else if (
      /^(synchronous_commit|row_security|zero_damaged_pages|default_transaction_|transaction_read_only|fsync|full_page_writes|ignore_checksum|standard_conforming_strings|allow_system_table_mods|default_tablespace|default_table_access_method|role$|session_authorization$)/.test(
        set.name,
      ) &&
      !set.local
    )
      one.tell(`${set.name} holds for the files after this one, too`);
  },
};
