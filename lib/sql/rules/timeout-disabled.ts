import { milliseconds } from '../bounded';
import type { SqlRule } from '../rule';
import { strongTables } from '../strong';

export const timeoutDisabled: SqlRule = {
  code: 'SQL181',
  severity: 'warning',
  title: 'A timeout is switched off or long',
  reason: 'A statement that waits for a lock keeps every query behind it waiting',
  hint: 'keep lock_timeout below a second; only CONCURRENTLY and batches may go without',
  source: 'https://www.postgresql.org/docs/current/runtime-config-client.html',
  bad: [{ sql: 'SET lock_timeout = 0; ALTER TABLE t ADD COLUMN a int' }],
  good: [
    { sql: "SET LOCAL lock_timeout = '500ms'; ALTER TABLE t ADD COLUMN a int" },
    { sql: 'SET lock_timeout = 0; CREATE INDEX CONCURRENTLY ix ON t (a)', transaction: false },
  ],
  check: (one) => {
    if (strongTables(one).every((table) => one.fresh(table))) return;
    const last = one.before
      .map(({ statement: { statement } }) => statement)
      .filter((each) => each.kind === 'set' && each.name === 'lock_timeout')
      .at(-1);
    if (last?.kind === 'set' && !last.reset && milliseconds(last.value) === 0)
      one.tell(
        `lock_timeout is off: while this waits for its lock, every query on ${strongTables(one).join(', ')} waits behind it`,
      );
    else if (last?.kind === 'set' && !last.reset && milliseconds(last.value) > 60_000)
      one.tell(`lock_timeout is ${last.value}: every query on ${strongTables(one).join(', ')} may wait that long`);
  },
};
