import { locked } from '../locks';
import { eachAction, type SqlRule } from '../rule';

export const exclusion: SqlRule = {
  code: 'SQL127',
  severity: 'error',
  title: 'EXCLUDE builds its index under ACCESS EXCLUSIVE',
  reason: 'There is no way to build it beside the traffic',
  hint: 'enforce it in a new table, or by a trigger',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [{ sql: 'ALTER TABLE rooms ADD CONSTRAINT e EXCLUDE USING gist (during WITH &&)' }],
  good: [{ sql: 'CREATE TABLE rooms (during tsrange, EXCLUDE USING gist (during WITH &&))' }],
  kinds: ['alter-table'],
  check: (one) => {
    eachAction(one, 'add-constraint', ({ constraint }, table) => {
      if (constraint.kind === 'exclude')
        one.tell(locked(`EXCLUDE ${constraint.name}`, 'ACCESS EXCLUSIVE', table, 'while its index is built'));
    });
  },
};
