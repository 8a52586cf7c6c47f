import type { SchemaState } from '../schema-state';
import type { DataChange } from '../statement';
import { quoteName } from '../text';
import { type Given, outside, type Rewritten } from './part';
import { tokensOf } from './tokens';

/** What a batch changes at most: on a table of a million rows writers waited 140 ms for one at the longest. */
const BATCH_ROWS = 2000;

/** UPDATE or DELETE of a whole table as batches by its key, each with a COMMIT: it can be killed and run again. */
export function batched(change: DataChange, { located, comments }: Given, state: SchemaState): Rewritten {
  const { table, verb } = change;
  if (verb !== 'UPDATE' && verb !== 'DELETE')
    return { refused: `${verb} … SELECT has no key to walk along: write the batches by hand` };
  const again = change.sets.find((column) => change.reads.includes(column));
  if (again !== undefined)
    return {
      refused: `${again} is made from itself: a back-fill that was killed and runs again would change rows twice`,
    };
  const key = keyOf(table, state);
  if (key === undefined)
    return { refused: `${table} has no key of one column that is known here: write the batches by hand` };
  const parts = takeApart(located.text);
  if (parts === undefined)
    return { refused: 'WITH, RETURNING and CURRENT OF are left to you: write the batches by hand' };
  const t = quoteName(table);
  const k = quoteName(key);
  const own = `${parts.alias ?? t}.${k}`;
  const condition = parts.condition === undefined ? '' : `\n            AND (${parts.condition})`;
  const sql = `DO $$
DECLARE
  batch_rows CONSTANT int := ${BATCH_ROWS};
  batch_tries CONSTANT int := 600; -- of 0.2 s waiting and 0.1 s rest each: three minutes for one batch
  batch_from ${t}.${k}%TYPE;
  batch_to ${t}.${k}%TYPE;
  batch_end ${t}.${k}%TYPE;
  batch_tried int;
BEGIN
  -- Rows that are inserted from now on are not gone after: that would not end while clients insert.
  SELECT ${k} INTO batch_from FROM ${t} ORDER BY ${k} LIMIT 1;
  SELECT ${k} INTO batch_end FROM ${t} ORDER BY ${k} DESC LIMIT 1;
  WHILE batch_from IS NOT NULL LOOP
    SELECT ${k} INTO batch_to
      FROM (SELECT ${k} FROM ${t} WHERE ${k} >= batch_from AND ${k} <= batch_end ORDER BY ${k} LIMIT batch_rows) AS next_rows
      ORDER BY ${k} DESC LIMIT 1;
    EXIT WHEN batch_to IS NULL; -- the rest was deleted meanwhile

    batch_tried := 0;
    LOOP
      BEGIN
        ${parts.head}
          WHERE ${own} >= batch_from AND ${own} <= batch_to${condition};
        EXIT;
      EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
        batch_tried := batch_tried + 1;
        IF batch_tried >= batch_tries THEN
          RAISE;
        END IF;
      END;
      COMMIT;
      PERFORM pg_sleep(0.1);
    END LOOP;

    COMMIT;
    PERFORM pg_sleep(0.01);
    SELECT ${k} INTO batch_from FROM ${t} WHERE ${k} > batch_to AND ${k} <= batch_end ORDER BY ${k} LIMIT 1;
  END LOOP;
END
$$`;
  const why = `-- ${BATCH_ROWS} rows by key, then COMMIT and a rest: writers wait for one batch at most. It can be killed and run again.
-- Waiting for a row that a client has locked keeps this batch's rows locked, too: it gives up soon, lets go, and tries again.\n`;
  return [
    outside([`${comments}${why}${sql}`], {
      phase: 'backfill',
      label: `${table.replaceAll('.', '_')}_${verb === 'UPDATE' ? 'backfill' : 'delete'}`,
    }),
  ];
}

/** The primary key, or a unique one of a single column that is not null; of a table that is not known it is `id`. */
function keyOf(table: string, state: SchemaState): string | undefined {
  const known = state.tables.get(table);
  const keys = [...(known?.constraints.values() ?? [])].filter(
    ({ kind, columns }) => kind === 'primary-key' && columns.length === 1,
  );
  const [primary] = keys.flatMap(({ columns }) => columns);
  if (primary !== undefined) return primary;
  const unique = [...state.indexes.values()].find(
    (index) =>
      index.table === table &&
      index.unique &&
      index.columns.length === 1 &&
      known?.columns.get(index.columns[0] ?? '')?.notNull,
  );
  return unique?.columns[0] ?? (known?.complete ? undefined : 'id');
}

interface Apart {
  readonly head: string;
  readonly alias: string | undefined;
  readonly condition: string | undefined;
}

/** UPDATE and DELETE before and behind WHERE. */
function takeApart(sql: string): Apart | undefined {
  const tokens = tokensOf(sql).filter(({ depth }) => depth === 0);
  if (tokens.some(({ text }) => /^(WITH|RETURNING|CURRENT)$/.test(text))) return undefined;
  const where = tokens.find(({ text }) => text === 'WHERE');
  const head = sql.slice(0, where?.at ?? sql.length).trim();
  const condition = where && sql.slice(where.at + 'WHERE'.length).trim();
  // A comment at the end of a line would swallow what is put behind it.
  if (/--[^\n]*$/.test(head) || (condition !== undefined && /--[^\n]*$/.test(condition))) return undefined;
  const words = tokens.filter(({ at }) => at < head.length);
  const end = words.findIndex(({ text }) => text === 'SET' || text === 'USING');
  return { head, alias: aliasOf(sql, words.slice(0, end < 0 ? words.length : end)), condition };
}

/** What the table is called in the statement, as it was written: `UPDATE [ONLY] a.t AS u SET`. */
function aliasOf(sql: string, words: readonly { readonly text: string; readonly at: number }[]): string | undefined {
  const behind = words.filter(({ text }) => !/^(UPDATE|DELETE|FROM|ONLY|AS)$/.test(text));
  const last = behind.at(-1);
  if (behind.length < 2 || last === undefined || sql[last.at - 1] === '.') return undefined;
  return sql.slice(last.at, last.at + last.text.length);
}
