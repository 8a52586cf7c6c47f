import { locked } from '../locks';
import { eachAction, type SqlRule } from '../rule';
import { quoteName } from '../text';

export const detachPartition: SqlRule = {
  code: 'SQL157',
  severity: 'error',
  title: 'DETACH PARTITION blocks the whole table',
  reason: 'It takes ACCESS EXCLUSIVE on the parent',
  hint: 'DETACH PARTITION … CONCURRENTLY (from version 14), without a transaction',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [{ sql: 'ALTER TABLE m DETACH PARTITION m1' }],
  good: [{ sql: 'ALTER TABLE m DETACH PARTITION m1 CONCURRENTLY', transaction: false }],
  kinds: ['alter-table'],
  check: (one) => {
    eachAction(one, 'detach-partition', ({ partition, concurrent }, table) => {
      if (!concurrent)
        one.tell(
          locked(
            `DETACH PARTITION ${partition}`,
            'ACCESS EXCLUSIVE',
            table,
            'for a moment, but behind every query that is open',
          ),
          `ALTER TABLE ${quoteName(table)} DETACH PARTITION ${quoteName(partition)} CONCURRENTLY;`,
        );
    });
  },
};
