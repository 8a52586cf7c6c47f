import { as, type SqlRule } from '../rule';
import { quoteName } from '../text';

export const rename: SqlRule = {
  code: 'SQL141',
  severity: 'error',
  title: 'A rename breaks every version that uses the old name',
  reason: 'Old and new pods run beside each other',
  hint: 'add the new thing beside the old one, move over, and drop the old one later',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [{ sql: 'ALTER TABLE users RENAME COLUMN a TO b' }, { sql: 'ALTER TABLE users RENAME TO people' }],
  good: [{ sql: 'ALTER INDEX ix RENAME TO iy' }],
  kinds: ['rename'],
  check: (one) => {
    const renamed = as(one, 'rename');
    if (renamed === undefined || renamed.object === 'INDEX' || one.fresh(renamed.table)) return;
    one.tell(
      `renaming ${renamed.object.toLowerCase()} ${renamed.from} to ${renamed.to} breaks the versions that say ${renamed.from}, at once`,
      renamed.object === 'COLUMN'
        ? `ADD COLUMN ${quoteName(renamed.to)}, keep both equal by a trigger, and drop ${quoteName(renamed.from)} in contract`
        : undefined,
    );
  },
};
