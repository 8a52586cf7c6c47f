import { locked } from '../locks';
import { eachAction, type SqlRule } from '../rule';

export const triggerState: SqlRule = {
  code: 'SQL158',
  severity: 'error',
  title: 'Triggers are switched on or off',
  reason: 'What they keep right is wrong from then on; foreign keys are triggers too',
  hint: 'leave them on',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [{ sql: 'ALTER TABLE users DISABLE TRIGGER ALL' }],
  good: [{ sql: 'CREATE TABLE t (a int); ALTER TABLE t DISABLE TRIGGER ALL' }],
  kinds: ['alter-table'],
  check: (one) => {
    eachAction(one, 'trigger', ({ enable, what }, table) =>
      one.tell(
        locked(`${enable ? 'ENABLE' : 'DISABLE'} TRIGGER ${what}`, 'SHARE ROW EXCLUSIVE', table, 'for a moment'),
        undefined,
        enable ? 'warning' : 'error',
      ),
    );
  },
};
