import type { Reach } from '../statement';
import { child, has, list, type Node, text, unwrap, walk } from '../tree';
import { columnOf, integerOf, isConstant } from './expression';

/** How many rows a WHERE lets a statement reach, as far as it can be seen without the data. */
export function reachOf(where: Node | undefined, ctes: readonly Node[]): Reach {
  if (where === undefined) return { kind: 'all' };
  const parts = conjunctsOf(where).map((part) => partOf(part, ctes));
  const decided =
    parts.find(({ kind }) => kind === 'limited') ?? parts.find(({ kind }) => kind === 'keys') ?? rangeOf(parts);
  if (decided !== undefined && isReach(decided)) return decided;
  const columns = parts.map((part) => ('column' in part ? part.column : '')).filter(Boolean);
  return { kind: 'filtered', by: [...new Set(columns)].join(', ') };
}

const isReach = (part: Part): part is Reach => part.kind !== 'low' && part.kind !== 'high';

type Part = Reach | { readonly kind: 'low' | 'high'; readonly column: string; readonly value: number | undefined };

function conjunctsOf(node: Node): readonly Node[] {
  const [tag, inner] = unwrap(node);
  return tag === 'BoolExpr' && text(inner, 'boolop') === 'AND_EXPR' ? list(inner, 'args').flatMap(conjunctsOf) : [node];
}

const OTHER: Part = { kind: 'filtered', by: '' };

function partOf(node: Node, ctes: readonly Node[]): Part {
  const [tag, inner] = unwrap(node);
  if (tag === 'SubLink' && text(inner, 'subLinkType') === 'ANY_SUBLINK' && !has(inner, 'operName'))
    return limitOf(child(inner, 'subselect'), ctes);
  if (tag === 'A_Expr') return comparisonOf(inner, ctes);
  return OTHER;
}

function comparisonOf(node: Node, ctes: readonly Node[]): Part {
  const kind = text(node, 'kind');
  const operator = list(node, 'name')
    .map((one) => text(child(one, 'String'), 'sval'))
    .join('');
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
  if (kind === 'AEXPR_OP_ANY') return anyOf(right, ctes, column);
  if (kind !== 'AEXPR_OP') return OTHER;
  if (operator === '=') return equalOf(right, ctes, column);
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
  return { kind: 'filtered', by: column };
}

function equalOf(right: Node, ctes: readonly Node[], column: string): Part {
  const [tag, inner] = unwrap(right);
  if (tag === 'SubLink' && text(inner, 'subLinkType') === 'EXPR_SUBLINK') {
    const limit = limitOf(child(inner, 'subselect'), ctes);
    return limit.kind === 'limited' ? limit : { kind: 'filtered', by: column };
  }
  // A join with a list that has been limited before.
  if (tag === 'ColumnRef') {
    const source =
      list(inner, 'fields').length > 1 ? text(child(list(inner, 'fields')[0] ?? {}, 'String'), 'sval') : '';
    const cte = ctes.find((one) => text(one, 'ctename') === source);
    return cte === undefined ? { kind: 'filtered', by: column } : selectLimit(child(cte, 'ctequery'));
  }
  return isFixed(right) ? { kind: 'keys', column, count: 1 } : { kind: 'filtered', by: column };
}

function anyOf(right: Node, ctes: readonly Node[], column: string): Part {
  let found: Part = OTHER;
  walk({ right }, (tag, inner) => {
    if (tag === 'SubLink') found = limitOf(child(inner, 'subselect'), ctes);
  });
  if (found !== OTHER) return found;
  const [tag, inner] = unwrap(right);
  const items = tag === 'A_ArrayExpr' ? list(inner, 'elements') : [];
  if (items.length > 0 && items.every(isFixed)) return { kind: 'keys', column, count: items.length };
  return isConstant(right) ? { kind: 'keys', column, count: 1000 } : OTHER;
}

/** A constant, or a parameter of the statement. */
const isFixed = (node: Node): boolean => isConstant(node) || unwrap(node)[0] === 'ParamRef';

/** The LIMIT of a subquery, its own or that of the WITH query it reads. */
function limitOf(subselect: Node, ctes: readonly Node[]): Part {
  const own = selectLimit(subselect);
  if (own.kind === 'limited') return own;
  const from = list(child(subselect, 'SelectStmt'), 'fromClause').map((one) => text(child(one, 'RangeVar'), 'relname'));
  const cte = ctes.find((one) => from.includes(text(one, 'ctename')));
  return cte === undefined ? OTHER : selectLimit(child(cte, 'ctequery'));
}

function selectLimit(query: Node): Part {
  const select = child(query, 'SelectStmt');
  if (!has(select, 'limitCount')) return OTHER;
  const [tag, inner] = unwrap(child(select, 'limitCount'));
  if (tag === 'A_Const' && inner.isnull === true) return OTHER;
  return { kind: 'limited', rows: integerOf(child(select, 'limitCount')) };
}

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
