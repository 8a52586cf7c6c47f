import { locked } from '../locks';
import { showType } from '../model/names';
import { eachAction, type SqlRule } from '../rule';
import { quoteName } from '../text';
import { keepsRows } from '../types';

export const typeChange: SqlRule = {
  code: 'SQL131',
  severity: 'error',
  title: 'A type change that rewrites or reads the table, or may',
  reason: 'Only some changes leave the rows alone: a longer varchar, text, a wider numeric',
  hint: 'add a new column of the type, keep both equal by a trigger, back-fill, and drop the old one later',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [{ sql: 'ALTER TABLE users ALTER COLUMN id TYPE bigint' }],
  good: [{ sql: 'ALTER TABLE users ALTER COLUMN n TYPE varchar(200)', schema: 'CREATE TABLE users (n varchar(100));' }],
  kinds: ['alter-table'],
  check: (one) => {
    eachAction(one, 'set-type', ({ column, type, using, collation }, table) => {
      const from = one.state.column(table, column)?.type;
      if (from !== undefined && !using && !collation && keepsRows(from, type)) return;
      const old = from === undefined ? 'a type that is not known here' : showType(from);
      one.tell(
        locked(
          `changing ${column} from ${old} to ${showType(type)}`,
          'ACCESS EXCLUSIVE',
          table,
          from === undefined ? 'while the whole table may be rewritten' : 'while the whole table is rewritten or read',
        ),
        `ALTER TABLE ${quoteName(table)} ADD COLUMN ${quoteName(`${column}_new`)} ${showType(type)}; keep it equal by a trigger, fill it in batches, and move readers over`,
      );
    });
  },
};
