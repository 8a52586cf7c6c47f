import { ownDrop } from '../own-drop';
import { as, eachAction, type Judged, type SqlRule } from '../rule';
import type { Drop } from '../statement';

export const dropBeforeContract: SqlRule = {
  code: 'SQL143',
  severity: 'error',
  title: 'A drop before contract breaks the running version',
  reason: 'It still uses what is dropped, and so would a roll-back',
  hint: 'move it to contract/, in a later release than the code that stops using it',
  source: 'https://www.postgresql.org/docs/current/ddl-alter.html',
  bad: [{ sql: 'DROP TABLE users' }, { sql: 'ALTER TABLE users DROP COLUMN a' }],
  good: [{ sql: 'ALTER TABLE users DROP COLUMN a', phase: 'contract' }],
  kinds: ['drop', 'alter-table'],
  check: (one) => {
    if (one.phase === 'contract') return;
    const drop = as(one, 'drop');
    if (drop !== undefined && drop.object !== 'INDEX' && !ownDrop(one, drop.names, drop.table) && !madeAgain(one, drop))
      one.tell(`DROP ${drop.object} ${drop.names.join(', ')} before contract: the running version may use it`);
    if (drop?.object === 'INDEX')
      for (const name of drop.names) {
        const index = one.state.indexes.get(name);
        if (index?.unique && !one.fresh(index.table))
          one.tell(
            `DROP INDEX ${name} before contract: ON CONFLICT of the running version on ${index.table} may need it`,
            undefined,
            'warning',
          );
      }
    eachAction(one, 'drop-column', ({ column }, table) =>
      one.tell(
        `DROP COLUMN ${table}.${column} before contract: the running version may read or write it, and SELECT * fails with 0A000`,
      ),
    );
    eachAction(one, 'drop-constraint', ({ name }, table) => {
      const kind = one.state.tables.get(table)?.constraints.get(name)?.kind;
      if (
        kind === 'unique' ||
        kind === 'primary-key' ||
        kind === 'exclude' ||
        (kind === undefined && !/(check|chk|fkey|fk|not_null)/.test(name))
      )
        one.tell(
          `DROP CONSTRAINT ${name} before contract: ON CONFLICT of the running version on ${table} may need it`,
          undefined,
          'warning',
        );
    });
  },
};

/** Whether the same transaction puts a trigger or a policy of that name in its place, so that nobody sees it gone. */
const madeAgain = ({ inTransaction, later }: Judged, { table, names }: Drop): boolean =>
  inTransaction &&
  later(
    (each) =>
      (each.kind === 'create-trigger' || each.kind === 'create-policy') &&
      each.table === table &&
      names.includes(each.name),
  );
