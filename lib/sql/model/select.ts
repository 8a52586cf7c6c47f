import type { CreateTable, Statement } from '../statement';
import { child, has, isNode, list, type Node, text } from '../tree';
import type { Changes } from './data';
import { callsOf } from './expression';
import { tableOf } from './names';
import { reachOf } from './reach';
import { setConfigOf } from './setting';

/** A change of data or a question; WITH may hide the former in the latter. */
export function dataOrSelect(node: Node, found: Changes): Statement {
  if (isNode(node.intoClause)) return newTable(child(child(node, 'intoClause'), 'rel'), false);
  const setting = setConfigOf(node);
  if (setting !== undefined) return setting;
  const changes = found.all;
  if (changes.length > 0) return { kind: 'data', changes };
  return {
    kind: 'select',
    locksRows: list(node, 'lockingClause').length > 0,
    whole: readsAll(node),
    limited: has(node, 'limitCount') || !/^(all|filtered)$/.test(reachOf(whereOf(node), new Map()).kind),
  };
}

const whereOf = (node: Node): Node | undefined => (isNode(node.whereClause) ? node.whereClause : undefined);

/** Whether it reads tables of people, rather than of the system, without a condition; max(id) needs only the index. */
function readsAll(node: Node): boolean {
  const tables = list(node, 'fromClause').map((one) => child(one, 'RangeVar'));
  const read = tables.filter(
    (one) =>
      !/^(pg_|$)/.test(text(one, 'relname')) && !/^(pg_catalog|information_schema)$/.test(text(one, 'schemaname')),
  );
  return (
    read.length > 0 &&
    !has(node, 'whereClause') &&
    !has(node, 'limitCount') &&
    !callsOf(node).some((call) => /^(max|min)$/.test(call))
  );
}

/** A table of which nothing but the name is known: what SELECT … INTO and CREATE TABLE AS make. */
export const newTable = (relation: Node, ifNotExists: boolean): CreateTable => ({
  kind: 'create-table',
  table: tableOf(relation),
  temporary: text(relation, 'relpersistence') === 't',
  ifNotExists,
  columns: [],
  constraints: [],
  partitionOf: undefined,
  partitioned: false,
  complete: false,
});
