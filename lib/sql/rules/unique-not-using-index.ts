import { locked } from '../locks';
import { eachAction, type SqlRule } from '../rule';
import { quoteName } from '../text';

export const uniqueNotUsingIndex: SqlRule = {
  code: 'SQL125',
  severity: 'error',
  title: 'UNIQUE or PRIMARY KEY builds its index under ACCESS EXCLUSIVE',
  reason: 'Nobody reads or writes while the index is built',
  hint: 'build a unique index CONCURRENTLY, then add the constraint USING INDEX',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [
    { sql: 'ALTER TABLE users ADD CONSTRAINT u UNIQUE (email)' },
    { sql: 'ALTER TABLE users ADD PRIMARY KEY (id)' },
  ],
  good: [{ sql: 'ALTER TABLE users ADD CONSTRAINT u UNIQUE USING INDEX ux' }],
  kinds: ['alter-table'],
  check: (one) => {
    eachAction(one, 'add-constraint', ({ constraint }, table) => {
      if ((constraint.kind !== 'unique' && constraint.kind !== 'primary-key') || constraint.usingIndex !== undefined)
        return;
      const what = constraint.kind === 'unique' ? 'UNIQUE' : 'PRIMARY KEY';
      const index = quoteName(constraint.name || `${table.split('.').at(-1)}_${constraint.columns.join('_')}_key`);
      one.tell(
        locked(`ADD ${what} (${constraint.columns.join(', ')})`, 'ACCESS EXCLUSIVE', table, 'while its index is built'),
        `CREATE UNIQUE INDEX CONCURRENTLY ${index} ON ${quoteName(table)} (${constraint.columns.map(quoteName).join(', ')}); in a file without a transaction, then ALTER TABLE ${quoteName(table)} ADD CONSTRAINT ${index} ${what} USING INDEX ${index};`,
      );
    });
  },
};
