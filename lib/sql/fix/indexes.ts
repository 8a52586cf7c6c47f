import type { CreateIndex, Drop } from '../statement';
import { quoteName } from '../text';
import { type Given, outside, type Rewritten } from './part';
import { tokensOf } from './tokens';

/** CREATE INDEX as it can run beside traffic: what a killed attempt left is dropped first, and the result is looked at. */
export function concurrentIndex(index: CreateIndex, { located, comments, phase }: Given): Rewritten {
  const tokens = tokensOf(located.text);
  const word = tokens.findIndex(({ text }) => text === 'INDEX');
  const on = tokens.find(({ text, depth }, i) => i > word && depth === 0 && text === 'ON');
  const start = tokens[word];
  if (start === undefined || on === undefined) return { refused: 'its words are not where they were expected' };
  const schema = index.table.includes('.') ? `${index.table.split('.')[0]}.` : '';
  const plain = index.columns.filter((column) => column !== '');
  const name = index.name || [index.table.split('.').at(-1), ...(plain.length > 0 ? plain : ['expr']), 'idx'].join('_');
  const create = `${located.text.slice(0, start.at)}INDEX CONCURRENTLY ${quoteName(name)} ${located.text.slice(on.at)}`;
  return [
    outside(
      [
        `-- What an earlier attempt that was killed has left. IF NOT EXISTS would keep an INVALID index.\nDROP INDEX CONCURRENTLY IF EXISTS ${quoteName(schema + name)}`,
        `${comments}${create}`,
        assertValid(schema + name),
      ],
      { phase: phase === 'backfill' ? 'expand' : phase, label: name },
    ),
  ];
}

const assertValid = (index: string): string => {
  const name = quoteName(index);
  const shown = name.replaceAll("'", "''");
  return `DO $$
BEGIN
  IF NOT (SELECT indisvalid FROM pg_index WHERE indexrelid = '${shown}'::regclass) THEN
    RAISE EXCEPTION 'index ${shown.replaceAll('%', '%%')} is INVALID: drop it, then flyway repair and migrate again';
  END IF;
END
$$`;
};

/** DROP INDEX beside traffic: one statement for each. */
export function concurrentDrop(drop: Drop, { comments, phase }: Given): Rewritten {
  if (drop.cascade)
    return { refused: 'DROP INDEX CONCURRENTLY knows no CASCADE: drop what depends on it by name first' };
  const sql = drop.names.map(
    (name, i) => `${i === 0 ? comments : ''}DROP INDEX CONCURRENTLY IF EXISTS ${quoteName(name)}`,
  );
  return [outside(sql, { phase: phase === 'backfill' ? 'expand' : phase, label: `drop_${drop.names[0] ?? 'index'}` })];
}

/** The statement with CONCURRENTLY behind a word: REINDEX INDEX, REFRESH MATERIALIZED VIEW. */
export function withConcurrently(given: Given, behind: RegExp, label: string): Rewritten {
  const { located, comments, phase } = given;
  const found = tokensOf(located.text).find(({ text, at }) => at > 0 && behind.test(text));
  if (found === undefined) return { refused: 'its words are not where they were expected' };
  const end = found.at + found.text.length;
  const sql = `${comments}${located.text.slice(0, end)} CONCURRENTLY${located.text.slice(end)}`;
  return [outside([sql], { phase: phase === 'backfill' ? 'expand' : phase, label })];
}
