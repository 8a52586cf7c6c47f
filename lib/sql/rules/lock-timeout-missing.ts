import { flywayName } from '../flyway';
import type { SqlRule } from '../rule';
import { STRONG_KINDS, strongTables } from '../strong';

export const lockTimeoutMissing: SqlRule = {
  code: 'SQL208',
  severity: 'info',
  title: 'The file sets no lock_timeout',
  reason:
    'While it waits for its lock every query waits behind it. The Jobs of Cutover set it in the URL of the database; whoever else runs the file may not',
  hint: "put SET LOCAL lock_timeout = '2s'; before it, or run it where the session has one",
  source:
    'measured: one open reader and an ALTER without lock_timeout stopped all clients; charts/parts/migrations/settings.ts',
  bad: [{ sql: 'ALTER TABLE users ADD COLUMN a int' }],
  good: [{ sql: "SET LOCAL lock_timeout = '2s'; ALTER TABLE users ADD COLUMN a int" }],
  kinds: STRONG_KINDS,
  check: (one) => {
    // The Job that is rendered for a file in a folder of a phase brings it.
    if (one.progress.setting('lock_timeout') !== undefined || flywayName(one.file).folder !== '') return;
    const tables = strongTables(one).filter((table) => !one.fresh(table));
    if (tables.length > 0 && !one.progress.locked)
      one.tell(`nothing here bounds how long this waits for its lock on ${tables.join(', ')}`);
  },
};
