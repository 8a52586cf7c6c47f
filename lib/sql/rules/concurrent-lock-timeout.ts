import { milliseconds } from '../bounded';
import { flywayName } from '../flyway';
import { as, type SqlRule } from '../rule';

export const concurrentLockTimeout: SqlRule = {
  code: 'SQL209',
  severity: 'warning',
  title: 'lock_timeout may kill CREATE INDEX CONCURRENTLY',
  reason: 'It waits for older transactions without blocking anybody; killed meanwhile, it leaves an INVALID index',
  hint: 'SET lock_timeout = 0; before it, and RESET lock_timeout; behind it',
  source: 'measured on PostgreSQL 15 and 18 with Flyway 13.12: an INVALID index and a failed row in the history stay',
  bad: [{ sql: "SET lock_timeout = '2s'; CREATE INDEX CONCURRENTLY ix ON users (a)", transaction: false }],
  good: [{ sql: 'SET lock_timeout = 0; CREATE INDEX CONCURRENTLY ix ON users (a)', transaction: false }],
  kinds: ['create-index'],
  check: (one) => {
    const index = as(one, 'create-index');
    if (!index?.concurrent) return;
    const set = one.progress.setting('lock_timeout');
    const rendered = flywayName(one.file).folder !== '';
    const why = (limit: string) => `lock_timeout ${limit} may kill the build of ${index.name}, and leave it INVALID`;
    if (set === undefined && rendered) one.tell(why('of the Job'), undefined, 'info');
    else if (set !== undefined && milliseconds(set.value) > 0) one.tell(why(`= ${set.value}`));
  },
};
