import type { DataChange, Reach } from '../statement';
import { child, has, isNode, list, type Node, text, unwrap, walk } from '../tree';
import { columnOf, integerOf } from './expression';
import { tableOf } from './names';
import { reachOf } from './reach';

const VERBS = { UpdateStmt: 'UPDATE', DeleteStmt: 'DELETE', InsertStmt: 'INSERT', MergeStmt: 'MERGE' } as const;

/** Every change of data in a statement, those of its WITH queries too. */
export function changesOf(root: Node): readonly DataChange[] {
  const changes: DataChange[] = [];
  const ctes: Node[] = [];
  walk(root, (tag, node) => {
    if (tag === 'CommonTableExpr') ctes.push(node);
  });
  walk(root, (tag, node) => {
    if (tag === 'UpdateStmt' || tag === 'DeleteStmt' || tag === 'InsertStmt' || tag === 'MergeStmt')
      changes.push(changeOf(VERBS[tag], node, ctes));
  });
  return changes;
}

function changeOf(verb: DataChange['verb'], node: Node, ctes: readonly Node[]): DataChange {
  const table = tableOf(child(node, 'relation'));
  const targets = [...list(node, 'targetList'), ...list(node, 'cols')].map((one) => child(one, 'ResTarget'));
  const reads: string[] = [];
  walk([child(node, 'targetList'), node.targetList, node.selectStmt], (tag, inner) => {
    if (tag === 'ColumnRef') reads.push(columnOf(inner));
  });
  const sets = targets.map((one) => text(one, 'name')).filter(Boolean);
  return { verb, table, reach: reachOfChange(verb, node, ctes), sets, reads };
}

function reachOfChange(verb: DataChange['verb'], node: Node, ctes: readonly Node[]): Reach {
  if (verb === 'INSERT') return insertReach(child(child(node, 'selectStmt'), 'SelectStmt'), ctes);
  if (verb === 'MERGE') return mergeReach(node, ctes);
  const where = isNode(node.whereClause) ? node.whereClause : undefined;
  return reachOf(where, ctes);
}

/** The rows of INSERT: those of VALUES, or what the SELECT gives. */
function insertReach(select: Node, ctes: readonly Node[]): Reach {
  const rows = list(select, 'valuesLists').length;
  if (rows > 0) return { kind: 'rows', count: rows };
  if (has(select, 'limitCount')) return { kind: 'limited', rows: integerOf(child(select, 'limitCount')) };
  if (text(select, 'op') !== 'SETOP_NONE' && has(select, 'larg')) {
    const both = [insertReach(child(select, 'larg'), ctes), insertReach(child(select, 'rarg'), ctes)];
    const rowsOf = both.map((one) => (one.kind === 'rows' ? one.count : Number.NaN));
    const sum = rowsOf.reduce((a, b) => a + b, 0);
    return Number.isNaN(sum) ? { kind: 'all' } : { kind: 'rows', count: sum };
  }
  const from = list(select, 'fromClause');
  const listed = from.map((one) => valuesRows(one) ?? valuesOfCte(one, ctes));
  if (listed.every((count) => count !== undefined)) return { kind: 'rows', count: Math.max(1, ...listed) };
  if (!isNode(select.whereClause)) return { kind: 'all' };
  return reachOf(select.whereClause, ctes);
}

/** The rows of a WITH query that is VALUES. */
function valuesOfCte(from: Node, ctes: readonly Node[]): number | undefined {
  const name = text(child(from, 'RangeVar'), 'relname');
  const cte = ctes.find((one) => text(one, 'ctename') === name);
  const rows = list(child(child(cte ?? {}, 'ctequery'), 'SelectStmt'), 'valuesLists').length;
  return rows > 0 ? rows : undefined;
}

/** The rows of `FROM (VALUES …)` and of a series between two constants. */
function valuesRows(from: Node): number | undefined {
  const [tag, inner] = unwrap(from);
  if (tag === 'RangeSubselect') {
    const rows = list(child(child(inner, 'subquery'), 'SelectStmt'), 'valuesLists').length;
    return rows > 0 ? rows : undefined;
  }
  if (tag !== 'RangeFunction') return undefined;
  let width: number | undefined;
  walk(inner, (name, call) => {
    const [first, second] = list(call, 'args').map(integerOf);
    if (name === 'FuncCall' && first !== undefined && second !== undefined) width = second - first + 1;
    else if (
      name === 'FuncCall' &&
      list(call, 'funcname').some((one) =>
        /^(unnest|string_to_table|regexp_split_to_table)$/.test(text(child(one, 'String'), 'sval')),
      )
    )
      width ??= 100;
  });
  return width;
}

function mergeReach(node: Node, ctes: readonly Node[]): Reach {
  const rows = valuesRows(child(node, 'sourceRelation'));
  if (rows !== undefined) return { kind: 'rows', count: rows };
  const select = child(child(child(child(node, 'sourceRelation'), 'RangeSubselect'), 'subquery'), 'SelectStmt');
  if (has(select, 'targetList') && !has(select, 'fromClause') && text(select, 'op') === 'SETOP_NONE')
    return { kind: 'rows', count: 1 };
  if (has(select, 'limitCount')) return { kind: 'limited', rows: integerOf(child(select, 'limitCount')) };
  return isNode(select.whereClause) ? reachOf(select.whereClause, ctes) : { kind: 'all' };
}
