import type { Reach } from '../statement';
import { child, flag, has, list, type Node, names, unwrap, walk } from '../tree';
import { integerOf } from './expression';
import { isKey, isNumbered, isRowColumn } from './keys';

/** How many rows the lists have that a statement reads by name: its WITH queries and what stands in its FROM. */
export type Rows = ReadonlyMap<string, Reach>;

/** What a join with a list can reach: as many rows as the list has, where the column is a key. */
export function joinedReach(source: Reach, column: string): Reach {
  if (source.kind === 'limited' && isRowColumn(source.column)) return { kind: 'limited', rows: source.rows, column };
  if (source.kind === 'range' && source.width === undefined) return { kind: 'limited', rows: undefined, column };
  const count = countOf(source);
  return count === undefined ? { kind: 'filtered', by: column } : { kind: 'limited', rows: count, column };
}

/** The rows of UNION. */
export function sumOf(a: Reach, b: Reach): Reach {
  const [left, right] = [countOf(a), countOf(b)];
  return left === undefined || right === undefined ? { kind: 'all' } : { kind: 'rows', count: left + right };
}

/** How many rows at most; undefined where that cannot be said. */
export function countOf(reach: Reach): number | undefined {
  switch (reach.kind) {
    case 'rows':
      return reach.count;
    case 'keys':
      return isKey(reach.column) ? reach.count : undefined;
    case 'limited':
      return isRowColumn(reach.column) ? reach.rows : undefined;
    case 'range':
      return isNumbered(reach.column) ? reach.width : undefined;
    default:
      return undefined;
  }
}

/** What an array that is unfolded may hold, where it is written out or a parameter. */
const ARRAY_ROWS = 100;

/** The rows of a series between two numbers, or of an array. */
export function functionRows(node: Node): Reach | undefined {
  let count: number | undefined;
  walk(node, (tag, call) => {
    if (tag !== 'FuncCall') return;
    const [first, second] = list(call, 'args').map(integerOf);
    const name = names(call, 'funcname').at(-1) ?? '';
    if (name === 'generate_series' && first !== undefined && second !== undefined) count = second - first + 1;
    else if (/^(unnest|string_to_table|regexp_split_to_table)$/.test(name)) count ??= ARRAY_ROWS;
  });
  return count === undefined ? undefined : { kind: 'rows', count };
}

/** The rows that LIMIT leaves; undefined where there is none. */
export function limitOf(select: Node): Reach | undefined {
  if (!has(select, 'limitCount')) return undefined;
  const [tag, inner] = unwrap(child(select, 'limitCount'));
  if (tag === 'A_Const' && flag(inner, 'isnull')) return undefined;
  return { kind: 'limited', rows: integerOf(child(select, 'limitCount')) };
}

const AGGREGATES = /^(count|sum|min|max|avg|bool_and|bool_or|every|array_agg|string_agg|jsonb?_agg|jsonb?_object_agg)$/;

/** Whether a SELECT gives one row because it counts or sums up all of them. */
export function isOneRow(select: Node): boolean {
  if (has(select, 'groupClause')) return false;
  return list(select, 'targetList').some((one) => {
    const call = child(child(child(one, 'ResTarget'), 'val'), 'FuncCall');
    return AGGREGATES.test(names(call, 'funcname').at(-1) ?? '') && !has(call, 'over');
  });
}

const UNFOLDS =
  /^(generate_series|unnest|string_to_table|regexp_split_to_table|jsonb?_array_elements(_text)?|jsonb?_each(_text)?)$/;

/** The rows of a SELECT without FROM that unfolds a list: `SELECT generate_series(1, 10)`. */
export function unfoldedRows(select: Node): Reach | undefined {
  const unfolds = list(select, 'targetList')
    .map((one) => child(child(one, 'ResTarget'), 'val'))
    .find((one) => UNFOLDS.test(names(child(one, 'FuncCall'), 'funcname').at(-1) ?? ''));
  if (unfolds === undefined || has(select, 'fromClause')) return undefined;
  return functionRows({ unfolds }) ?? { kind: 'all' };
}
