import type { Backfill } from '../backfills';
import { as, eachAction, type Judged, type SqlRule } from '../rule';
import { listed } from '../text';

const FILLED = 'CREATE TABLE users (id bigint PRIMARY KEY, a text, b text); UPDATE users SET b = a;';
const SYNCED = `CREATE TABLE users (id bigint PRIMARY KEY, a text, b text);
CREATE FUNCTION sync() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.b := NEW.a; RETURN NEW; END $$;
CREATE TRIGGER sync BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION sync();
UPDATE users SET b = a;`;

export const backfillSourceDropped: SqlRule = {
  code: 'SQL213',
  severity: 'warning',
  title: 'What a back-fill was made from is dropped, and nothing has caught up since',
  reason:
    'The version before goes on writing only the source while the back-fill runs and behind it: those rows are wrong when the source is gone',
  hint: 'create a trigger before the back-fill, or run the same back-fill again in a later release, before this contract',
  source:
    'measured: 188 to 385 rows were wrong after a complete back-fill, because the version before kept writing the source only',
  bad: [{ sql: 'ALTER TABLE users DROP COLUMN a', phase: 'contract', schema: FILLED }],
  good: [{ sql: 'ALTER TABLE users DROP COLUMN a', phase: 'contract', schema: SYNCED }],
  kinds: ['alter-table', 'drop'],
  check: (one) => {
    eachAction(one, 'drop-column', ({ column }, table) => tell(one, table, column));
    const drop = as(one, 'drop');
    if (drop?.object === 'TABLE') for (const table of drop.names) if (!one.fresh(table)) tell(one, table, undefined);
  },
};

/** Tells of targets that were filled by one file only, with nothing that kept them equal meanwhile. */
function tell(one: Judged, table: string, column: string | undefined): void {
  const filled = new Map<string, Backfill[]>();
  for (const each of one.state.backfills) {
    if (each.source.table !== table || each.source.column !== column) continue;
    filled.set(each.target, [...(filled.get(each.target) ?? []), each]);
  }
  const wrong = [...filled].filter(([, passes]) => {
    const files = new Set(passes.map(({ file }) => file));
    return files.size === 1 && !passes.some(({ synced }) => synced);
  });
  if (wrong.length === 0) return;
  const source = column === undefined ? table : `${table}.${column}`;
  one.tell(
    `${listed(wrong.map(([target]) => target))} was filled from ${source} once, without a trigger that keeps them equal`,
  );
}
