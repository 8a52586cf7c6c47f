import type { DataChange, Reach } from '../statement';
import { child, isNode, list, type Node, text, unwrap, walk } from '../tree';
import { columnOf } from './expression';
import { isKey } from './keys';
import { tableOf } from './names';
import { equalColumns, fromRows, reachOf, selectReach } from './reach';
import type { Rows } from './rows';

const VERBS = { UpdateStmt: 'UPDATE', DeleteStmt: 'DELETE', InsertStmt: 'INSERT', MergeStmt: 'MERGE' } as const;

const isChange = (tag: string): tag is keyof typeof VERBS => Object.hasOwn(VERBS, tag);

/** Finds every change of data in a statement, those of its WITH queries too. */
export class Changes {
  readonly #queries: Node[] = [];
  readonly #changes: (readonly [keyof typeof VERBS, Node])[] = [];

  visit(tag: string, node: Node): void {
    if (tag === 'CommonTableExpr') this.#queries.push(node);
    else if (isChange(tag)) this.#changes.push([tag, node]);
  }

  get all(): readonly DataChange[] {
    const rows = new Map<string, Reach>();
    for (const query of this.#queries) rows.set(text(query, 'ctename'), cteReach(child(query, 'ctequery'), rows));
    return this.#changes.map(([tag, node]) => changeOf(VERBS[tag], node, rows));
  }
}

/** The rows of a WITH query: a change gives back those that it changes. */
function cteReach(query: Node, rows: Rows): Reach {
  const [tag, inner] = unwrap(query);
  return isChange(tag) ? reachOfChange(VERBS[tag], inner, rows) : selectReach(inner, rows);
}

function changeOf(verb: DataChange['verb'], node: Node, rows: Rows): DataChange {
  const table = tableOf(child(node, 'relation'));
  const targets = [...list(node, 'targetList'), ...list(node, 'cols')].map((one) => child(one, 'ResTarget'));
  const reads: string[] = [];
  const from = new Set<string>();
  walk(
    [node.targetList, node.selectStmt, node.fromClause, node.sourceRelation, node.mergeWhenClauses],
    (tag, inner) => {
      if (tag === 'ColumnRef') reads.push(columnOf(inner));
      if (tag === 'RangeVar') from.add(tableOf(inner));
    },
  );
  from.delete(table);
  const sets = targets.map((one) => text(one, 'name')).filter(Boolean);
  return { verb, table, reach: reachOfChange(verb, node, rows), sets, reads, from: [...from] };
}

function reachOfChange(verb: DataChange['verb'], node: Node, rows: Rows): Reach {
  if (verb === 'INSERT') return insertReach(node, rows);
  if (verb === 'MERGE') return mergeReach(node, rows);
  const where = isNode(node.whereClause) ? node.whereClause : undefined;
  return reachOf(where, fromRows([...list(node, 'fromClause'), ...list(node, 'usingClause')], rows));
}

function insertReach(node: Node, rows: Rows): Reach {
  const select = child(child(node, 'selectStmt'), 'SelectStmt');
  // DEFAULT VALUES
  if (!isNode(node.selectStmt)) return { kind: 'rows', count: 1 };
  return selectReach(select, rows);
}

/** Few rows of the source change few of the target only where they are joined by a key. */
function mergeReach(node: Node, rows: Rows): Reach {
  const source = selectReach({ fromClause: [child(node, 'sourceRelation')], op: 'SETOP_NONE' }, rows);
  const changes = list(node, 'mergeWhenClauses')
    .map((one) => child(one, 'MergeWhenClause'))
    .filter((one) => /^CMD_(UPDATE|DELETE)$/.test(text(one, 'commandType')));
  if (changes.some((one) => text(one, 'matchKind') === 'MERGE_WHEN_NOT_MATCHED_BY_SOURCE')) return { kind: 'all' };
  if (changes.length === 0 || (source.kind !== 'rows' && source.kind !== 'limited')) return source;
  const joined = equalColumns(child(node, 'joinCondition'));
  const column = joined.find(isKey) ?? joined[0];
  return column === undefined
    ? { kind: 'all' }
    : { kind: 'limited', rows: source.kind === 'rows' ? source.count : source.rows, column };
}
