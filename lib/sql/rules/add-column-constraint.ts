import { locked } from '../locks';
import { showType } from '../model/names';
import { eachAction, type SqlRule } from '../rule';
import { quoteName } from '../text';

export const addColumnConstraint: SqlRule = {
  code: 'SQL116',
  severity: 'error',
  title: 'A constraint of a new column is built under its lock',
  reason: 'UNIQUE builds an index, CHECK reads the table, REFERENCES locks both tables',
  hint: 'add the column alone, the constraint in a later file as NOT VALID or USING INDEX',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [
    { sql: 'ALTER TABLE users ADD COLUMN n int UNIQUE' },
    { sql: 'ALTER TABLE users ADD COLUMN n int CHECK (n > 0)' },
    { sql: 'ALTER TABLE users ADD COLUMN g int REFERENCES groups' },
  ],
  good: [{ sql: 'ALTER TABLE users ADD COLUMN n int' }],
  kinds: ['alter-table'],
  check: (one) => {
    eachAction(one, 'add-column', ({ column }, table) => {
      for (const constraint of column.constraints)
        one.tell(
          locked(
            `ADD COLUMN ${column.name} with ${constraint.kind.replace('-', ' ')}`,
            'ACCESS EXCLUSIVE',
            table,
            constraint.references ? `and SHARE ROW EXCLUSIVE on ${constraint.references}` : 'while the table is read',
          ),
          `ALTER TABLE ${quoteName(table)} ADD COLUMN ${quoteName(column.name)} ${showType(column.type)}; the constraint in a later file`,
        );
    });
  },
};
