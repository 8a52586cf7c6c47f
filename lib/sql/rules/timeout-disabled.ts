import { milliseconds } from '../bounded';
import type { SqlRule } from '../rule';
import { STRONG_KINDS, strongTables } from '../strong';

export const timeoutDisabled: SqlRule = {
  code: 'SQL181',
  severity: 'warning',
  title: 'A timeout is switched off or long',
  reason: 'A statement that waits for a lock keeps every query behind it waiting',
  hint: 'keep lock_timeout below a second; only CONCURRENTLY and batches may go without',
  source: 'https://www.postgresql.org/docs/current/runtime-config-client.html',
  bad: [
    { sql: 'SET lock_timeout = 0; ALTER TABLE t ADD COLUMN a int' },
    { sql: "SET LOCAL lock_timeout = '1s'; ALTER TABLE t ADD COLUMN a int", transaction: false },
  ],
  good: [
    { sql: "SET LOCAL lock_timeout = '500ms'; ALTER TABLE t ADD COLUMN a int" },
    { sql: 'SET lock_timeout = 0; CREATE INDEX CONCURRENTLY ix ON t (a)', transaction: false },
  ],
  kinds: STRONG_KINDS,
  check: (one) => {
    const tables = strongTables(one).filter((table) => !one.fresh(table));
    if (tables.length === 0) return;
    const waiting = `every query on ${tables.join(', ')}`;
    const lock = one.progress.setting('lock_timeout');
    if (lock !== undefined && milliseconds(lock.value) === 0)
      one.tell(`lock_timeout is off: while this waits for its lock, ${waiting} waits behind it`);
    else if (lock !== undefined && milliseconds(lock.value) > 60_000)
      one.tell(`lock_timeout is ${lock.value}: ${waiting} may wait that long`);
    if (lock?.local && !one.inTransaction)
      one.tell(
        `SET LOCAL without a transaction does nothing: ${waiting} may wait behind this`,
        `SET lock_timeout = '${lock.value}';`,
      );
    const statement = one.progress.setting('statement_timeout');
    if (statement !== undefined && milliseconds(statement.value) === 0)
      one.tell(
        `statement_timeout is off: ${waiting} waits for as long as this takes`,
        'leave it on for what takes a strong lock; only CONCURRENTLY, VALIDATE and batches may go without',
      );
  },
};
