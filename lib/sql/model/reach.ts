import type { Reach } from '../statement';
import { child, has, isNode, list, type Node, names, text, unwrap, walk } from '../tree';
import { columnOf, integerOf, isConstant } from './expression';
import { countOf, functionRows, isOneRow, joinedReach, limitOf, type Rows, sumOf, unfoldedRows } from './rows';

/** How many rows a WHERE lets a statement reach, as far as it can be seen without the data. */
export function reachOf(where: Node | undefined, rows: Rows): Reach {
  if (where === undefined) return { kind: 'all' };
  const parts = conjunctsOf(where).map((part) => partOf(part, rows));
  const decided =
    parts.find(({ kind }) => kind === 'limited') ?? parts.find(({ kind }) => kind === 'keys') ?? rangeOf(parts);
  if (decided !== undefined && isReach(decided)) return decided;
  const columns = parts.map((part) => ('by' in part ? part.by : '')).filter(Boolean);
  return { kind: 'filtered', by: [...new Set(columns)].join(', ') };
}

const isReach = (part: Part): part is Reach => part.kind !== 'low' && part.kind !== 'high';

type Part = Reach | { readonly kind: 'low' | 'high'; readonly column: string; readonly value: number | undefined };

/** The columns that a condition says are equal to something, by AND. */
export const equalColumns = (condition: Node): readonly string[] =>
  conjunctsOf(condition).flatMap((part) => {
    const [tag, inner] = unwrap(part);
    const sides = [unwrap(child(inner, 'lexpr')), unwrap(child(inner, 'rexpr'))];
    if (tag !== 'A_Expr' || names(inner, 'name').at(-1) !== '=') return [];
    return sides.flatMap(([one, side]) => (one === 'ColumnRef' ? [columnOf(side)] : []));
  });

function conjunctsOf(node: Node): readonly Node[] {
  const [tag, inner] = unwrap(node);
  return tag === 'BoolExpr' && text(inner, 'boolop') === 'AND_EXPR' ? list(inner, 'args').flatMap(conjunctsOf) : [node];
}

const OTHER: Part = { kind: 'filtered', by: '' };

function partOf(node: Node, rows: Rows): Part {
  const [tag, inner] = unwrap(node);
  if (tag === 'SubLink') return subLinkOf(inner, rows);
  if (tag === 'BoolExpr' && text(inner, 'boolop') === 'OR_EXPR') return anyOfKeys(list(inner, 'args'), rows);
  return tag === 'A_Expr' ? comparisonOf(inner, rows) : OTHER;
}

/** `id = 5 OR id = 6` names its rows as IN does. */
function anyOfKeys(args: readonly Node[], rows: Rows): Part {
  const parts = args.map((one) => partOf(one, rows));
  const [first] = parts;
  if (first?.kind !== 'keys') return OTHER;
  let count = 0;
  for (const part of parts) {
    if (part.kind !== 'keys' || part.column !== first.column) return OTHER;
    count += part.count;
  }
  return { ...first, count };
}

/** `id IN (SELECT …)`, and EXISTS over a list that is joined by its column. */
function subLinkOf(node: Node, rows: Rows): Part {
  const select = child(child(node, 'subselect'), 'SelectStmt');
  const type = text(node, 'subLinkType');
  if (type === 'ANY_SUBLINK' && !has(node, 'operName')) {
    const [tag, reference] = unwrap(child(node, 'testexpr'));
    return tag === 'ColumnRef' ? joinedReach(selectReach(select, rows), columnOf(reference)) : OTHER;
  }
  const [from, ...others] = list(select, 'fromClause').map((one) => child(one, 'RangeVar'));
  const source = from && rows.get(text(from, 'relname'));
  if (type !== 'EXISTS_SUBLINK' || source === undefined || others.length > 0 || !isNode(select.whereClause))
    return OTHER;
  const [column] = equalColumns(select.whereClause);
  return column === undefined ? OTHER : joinedReach(source, column);
}

function comparisonOf(node: Node, rows: Rows): Part {
  const kind = text(node, 'kind');
  const operator = names(node, 'name').join('');
  const left = unwrap(child(node, 'lexpr'));
  const right = child(node, 'rexpr');
  if (left[0] !== 'ColumnRef') return flipped(node, operator);
  const column = columnOf(left[1]);
  if (kind === 'AEXPR_IN') {
    const items = list(child(right, 'List'), 'items');
    return operator === '=' && items.every(isFixed) ? { kind: 'keys', column, count: items.length } : OTHER;
  }
  if (kind === 'AEXPR_BETWEEN') {
    const [from, to] = list(child(right, 'List'), 'items');
    return { kind: 'range', column, width: widthOf(from && integerOf(from), to && integerOf(to)) };
  }
  if (kind === 'AEXPR_OP_ANY') return anyOf(right, rows, column);
  if (kind !== 'AEXPR_OP') return OTHER;
  if (operator === '=') return equalOf(left[1], right, rows);
  return boundOf(operator, column, right);
}

/** `5 < id` as `id > 5`. */
function flipped(node: Node, operator: string): Part {
  const [tag, reference] = unwrap(child(node, 'rexpr'));
  const turned: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '=': '=' };
  const other = turned[operator];
  if (tag !== 'ColumnRef' || other === undefined || !isFixed(child(node, 'lexpr'))) return OTHER;
  return other === '='
    ? { kind: 'keys', column: columnOf(reference), count: 1 }
    : boundOf(other, columnOf(reference), child(node, 'lexpr'));
}

function boundOf(operator: string, column: string, value: Node): Part {
  if (operator === '>' || operator === '>=') return { kind: 'low', column, value: integerOf(value) };
  if (operator === '<' || operator === '<=') return { kind: 'high', column, value: integerOf(value) };
  return OTHER;
}

/** A key's value, one of a subquery's rows, or the column of a list whose rows are known; either side may be the list's. */
function equalOf(left: Node, right: Node, rows: Rows): Part {
  const column = columnOf(left);
  const [tag, inner] = unwrap(right);
  if (tag === 'SubLink' && text(inner, 'subLinkType') === 'EXPR_SUBLINK') {
    const select = child(child(inner, 'subselect'), 'SelectStmt');
    return joinedReach(selectReach(select, rows), column);
  }
  if (tag !== 'ColumnRef')
    return isFixed(right) ? { kind: 'keys', column, count: 1 } : { kind: 'filtered', by: column };
  const theirs = rows.get(sourceOf(inner));
  if (theirs !== undefined) return joinedReach(theirs, column);
  const ours = rows.get(sourceOf(left));
  return ours === undefined ? { kind: 'filtered', by: column } : joinedReach(ours, columnOf(inner));
}

/** The table or list before the dot of a column. */
function sourceOf(reference: Node): string {
  const fields = list(reference, 'fields');
  return fields.length > 1 ? text(child(fields.at(-2) ?? {}, 'String'), 'sval') : '';
}

function anyOf(right: Node, rows: Rows, column: string): Part {
  const [tag, inner] = unwrap(right);
  if (tag === 'SubLink') return joinedReach(selectReach(child(child(inner, 'subselect'), 'SelectStmt'), rows), column);
  const items = tag === 'A_ArrayExpr' ? list(inner, 'elements') : [];
  if (items.length > 0 && items.every(isFixed)) return { kind: 'keys', column, count: items.length };
  // A variable of a body holds what a statement before has put into it.
  if (tag === 'ColumnRef') return { kind: 'limited', rows: undefined, column };
  return isConstant(right) ? { kind: 'keys', column, count: 1000 } : OTHER;
}

/** A constant, or a parameter of the statement. */
const isFixed = (node: Node): boolean => isConstant(node) || unwrap(node)[0] === 'ParamRef';

function rangeOf(parts: readonly Part[]): Part | undefined {
  const whole = parts.find(({ kind }) => kind === 'range');
  if (whole !== undefined) return whole;
  for (const low of parts) {
    if (low.kind !== 'low') continue;
    const high = parts.find((one) => one.kind === 'high' && one.column === low.column);
    if (high?.kind === 'high') return { kind: 'range', column: low.column, width: widthOf(low.value, high.value) };
  }
  return undefined;
}

const widthOf = (from: number | undefined, to: number | undefined): number | undefined =>
  from === undefined || to === undefined ? undefined : Math.max(0, to - from);

/** The rows of a SELECT: those of VALUES, of its LIMIT, of the lists it reads, or what its WHERE lets through. */
export function selectReach(select: Node, rows: Rows): Reach {
  const values = list(select, 'valuesLists').length;
  if (values > 0) return { kind: 'rows', count: values };
  const limit = limitOf(select);
  if (limit !== undefined) return limit;
  if (text(select, 'op') !== 'SETOP_NONE' && has(select, 'larg'))
    return sumOf(selectReach(child(select, 'larg'), rows), selectReach(child(select, 'rarg'), rows));
  if (isOneRow(select)) return { kind: 'rows', count: 1 };
  const unfolded = unfoldedRows(select);
  if (unfolded !== undefined) return unfolded;
  const from = list(select, 'fromClause').map((one) => itemReach(one, rows));
  const counts = from.map((one) => (one === undefined ? undefined : countOf(one)));
  if (counts.every((count) => count !== undefined)) return { kind: 'rows', count: counts.reduce((a, b) => a * b, 1) };
  const [only] = from;
  if (from.length === 1 && only !== undefined && only.kind !== 'all') return only;
  if (!isNode(select.whereClause) || !joinsAll(select)) return { kind: 'all' };
  return reachOf(select.whereClause, rows);
}

/** Whether each table of a FROM is named by a key or joined by an equality: else every row meets every other. */
function joinsAll(select: Node): boolean {
  let tables = 0;
  walk(select.fromClause, (tag) => {
    if (tag === 'RangeVar') tables += 1;
  });
  if (tables < 2) return true;
  let equalities = 0;
  walk([select.fromClause, select.whereClause], (tag, node) => {
    if (tag === 'A_Expr' && /^(=|IN)$/.test(names(node, 'name').at(-1) ?? '')) equalities += 1;
  });
  return equalities >= tables;
}

/** The lists of a statement's FROM or USING by the names they have there. */
export function fromRows(items: readonly Node[], rows: Rows): Rows {
  const all = new Map(rows);
  for (const item of items) {
    const [, inner] = unwrap(item);
    const name = text(child(inner, 'alias'), 'aliasname') || text(inner, 'relname');
    const reach = itemReach(item, rows);
    if (name !== '' && reach !== undefined) all.set(name, reach);
  }
  return all;
}

/** The rows of one item of FROM; undefined where it is a table. */
function itemReach(item: Node, rows: Rows): Reach | undefined {
  const [tag, inner] = unwrap(item);
  if (tag === 'RangeVar') return has(inner, 'schemaname') ? undefined : rows.get(text(inner, 'relname'));
  if (tag === 'RangeSubselect') return selectReach(child(child(inner, 'subquery'), 'SelectStmt'), rows);
  return tag === 'RangeFunction' ? functionRows(inner) : undefined;
}
