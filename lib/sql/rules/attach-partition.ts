import { milliseconds } from '../bounded';
import { locked } from '../locks';
import { as, eachAction, type SqlRule } from '../rule';

export const attachPartition: SqlRule = {
  code: 'SQL156',
  severity: 'warning',
  title: 'ATTACH PARTITION reads the partition unless a check proves its bounds',
  reason: 'ACCESS EXCLUSIVE is held on the partition and on the default partition',
  hint: 'add a CHECK of the bounds NOT VALID, validate it, then attach',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [
    { sql: 'ALTER TABLE m ATTACH PARTITION m1 FOR VALUES FROM (1) TO (2)' },
    { sql: 'CREATE TABLE m1 PARTITION OF m FOR VALUES FROM (1) TO (2)' },
  ],
  good: [
    { sql: 'CREATE TABLE m1 (a int); ALTER TABLE m ATTACH PARTITION m1 FOR VALUES FROM (1) TO (2)' },
    { sql: "SET LOCAL lock_timeout = '1s'; CREATE TABLE m1 PARTITION OF m FOR VALUES FROM (1) TO (2)" },
  ],
  kinds: ['alter-table', 'create-table'],
  check: (one) => {
    eachAction(one, 'attach-partition', ({ partition }, table) => {
      const proved = [...(one.state.tables.get(partition)?.constraints.values() ?? [])].some(
        (each) => each.kind === 'check' && each.valid,
      );
      if (!proved && !one.fresh(partition))
        one.tell(locked(`ATTACH PARTITION to ${table}`, 'ACCESS EXCLUSIVE', partition, 'while it is read'));
    });
    const created = as(one, 'create-table');
    // As short as ADD COLUMN, where the wait for it is bounded.
    const limit = one.progress.setting('lock_timeout');
    const bounded = limit !== undefined && milliseconds(limit.value) > 0;
    if (created?.partitionOf !== undefined && !one.fresh(created.partitionOf) && !bounded)
      one.tell(
        locked(
          `CREATE TABLE ${created.table} PARTITION OF`,
          'ACCESS EXCLUSIVE',
          created.partitionOf,
          'for a moment, but behind every query that is open',
        ),
        "SET LOCAL lock_timeout = '2s'; before it; or create the table alone, then ATTACH PARTITION, which takes SHARE UPDATE EXCLUSIVE on the parent",
      );
  },
};
