import type { AlterTable, Constraint } from '../statement';
import { quoteName } from '../text';
import { type Given, inTransaction, outside, type Part, type Rewritten } from './part';
import { splitAtCommas, tokensOf } from './tokens';

/** The parts of ALTER TABLE one by one: those that are safe stay together, the others become what can run beside traffic. */
export function alterTable(alter: AlterTable, given: Given): Rewritten {
  const actions = actionsOf(alter, given);
  if (actions === undefined) return { refused: 'its parts cannot be told apart: write one ALTER TABLE for each' };
  const { head, texts } = actions;
  const parts: Part[] = [];
  const plain: string[] = [];
  for (const [i, action] of alter.actions.entries()) {
    const text = texts[i] ?? '';
    const rewritten =
      action.kind === 'add-constraint'
        ? addConstraint(head, text, alter.table, action.constraint, given)
        : action.kind === 'set-not-null' && given.phase !== 'backfill'
          ? setNotNull(head, alter.table, action.column, given)
          : undefined;
    if (rewritten === undefined) plain.push(text);
    else if ('refused' in rewritten) return rewritten;
    else parts.push(...rewritten);
  }
  const { phase, comments } = given;
  const rest =
    plain.length === 0
      ? []
      : [inTransaction([`${comments}${head} ${plain.join(', ')}`], { phase, locks: [alter.table] })];
  return [...rest, ...parts.filter(({ alone }) => !alone), ...parts.filter(({ alone }) => alone)];
}

/** `ALTER TABLE name`, and the text of each part. */
function actionsOf(alter: AlterTable, { located: { text } }: Given) {
  const name = tokensOf(text).find(
    (token, i, all) =>
      token.depth === 0 &&
      i > 1 &&
      !/^(IF|EXISTS|ONLY)$/.test(token.text) &&
      text[token.at + token.text.length] !== '.' &&
      all.length > i + 1,
  );
  if (name === undefined) return undefined;
  const end = name.at + name.text.length;
  const texts = splitAtCommas(text, end);
  return texts.length === alter.actions.length ? { head: text.slice(0, end).trim(), texts } : undefined;
}

function addConstraint(
  head: string,
  text: string,
  table: string,
  constraint: Constraint,
  { comments, phase }: Given,
): readonly Part[] | { readonly refused: string } | undefined {
  const { kind, notValid, enforced, usingIndex } = constraint;
  if (notValid || !enforced || usingIndex !== undefined) return undefined;
  if (kind === 'exclude') return { refused: 'EXCLUDE cannot be built beside traffic' };
  if (kind === 'primary-key')
    return {
      refused: 'a primary key needs columns that are NOT NULL: build the unique index, then add it USING INDEX',
    };
  const name = constraint.name || defaultName(table, constraint);
  const named = constraint.name === '' ? text.replace(/^ADD\s+/i, `ADD CONSTRAINT ${quoteName(name)} `) : text;
  if (kind === 'unique') return uniqueUsingIndex(head, table, { ...constraint, name }, named, comments, phase);
  return [
    inTransaction([`${comments}${head} ${named} NOT VALID`], { phase, tightens: true, locks: [table], label: name }),
    inTransaction([`${head} VALIDATE CONSTRAINT ${quoteName(name)}`], {
      phase,
      tightens: true,
      validates: true,
      alone: true,
      label: `validate_${name}`,
      ownTimeouts: true,
    }),
  ];
}

const defaultName = (table: string, { kind, columns }: Constraint): string =>
  [
    table.split('.').at(-1),
    ...columns,
    kind === 'foreign-key' ? 'fkey' : kind === 'unique' ? 'key' : kind === 'not-null' ? 'not_null' : 'check',
  ].join('_');

function uniqueUsingIndex(
  head: string,
  table: string,
  constraint: Constraint,
  text: string,
  comments: string,
  phase: Part['phase'],
): readonly Part[] | { readonly refused: string } {
  const rest =
    /\bUNIQUE\s*(NULLS\s+NOT\s+DISTINCT\s*)?\(([^()]*)\)\s*(INCLUDE\s*\([^()]*\))?\s*(NOT\s+DEFERRABLE|DEFERRABLE(\s+INITIALLY\s+(DEFERRED|IMMEDIATE))?)?\s*$/i.exec(
      text,
    );
  if (rest === null) return { refused: 'this UNIQUE has options that are left to you' };
  const [, nulls = '', columns = '', include = '', deferrable = ''] = rest;
  const name = quoteName(constraint.name);
  const schema = table.includes('.') ? `${table.split('.')[0]}.` : '';
  const create = `CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${quoteName(table)} (${columns})${include && ` ${include}`}${nulls && ' NULLS NOT DISTINCT'}`;
  const add = `${head} ADD CONSTRAINT ${name} UNIQUE USING INDEX ${name}${deferrable && ` ${deferrable}`}`;
  return [
    outside([`DROP INDEX CONCURRENTLY IF EXISTS ${quoteName(schema + constraint.name)}`, `${comments}${create}`], {
      phase,
      tightens: true,
      label: `${constraint.name}_index`,
    }),
    inTransaction([add], { phase, tightens: true, locks: [table], alone: true, label: constraint.name }),
  ];
}

/** A check that is validated beside traffic proves what SET NOT NULL would read the table for. */
function setNotNull(head: string, table: string, column: string, { comments, phase }: Given): readonly Part[] {
  const name = quoteName(`${table.split('.').at(-1)}_${column}_not_null`);
  const locks = [table];
  return [
    inTransaction([`${comments}${head} ADD CONSTRAINT ${name} CHECK (${quoteName(column)} IS NOT NULL) NOT VALID`], {
      phase,
      tightens: true,
      locks,
      label: `${table.split('.').at(-1)}_${column}_not_null`,
    }),
    inTransaction([`${head} VALIDATE CONSTRAINT ${name}`], {
      phase,
      tightens: true,
      validates: true,
      alone: true,
      label: `validate_${table.split('.').at(-1)}_${column}`,
      ownTimeouts: true,
    }),
    inTransaction([`${head} ALTER COLUMN ${quoteName(column)} SET NOT NULL, DROP CONSTRAINT ${name}`], {
      phase,
      tightens: true,
      locks,
      alone: true,
      label: `${column}_not_null`,
    }),
  ];
}
