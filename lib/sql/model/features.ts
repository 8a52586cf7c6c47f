import type { Feature } from '../statement';
import { child, flag, has, list, type Node, names, number, text } from '../tree';
import { option, optionOn } from './names';

type Look = (node: Node) => string | undefined;

const when = (condition: boolean, what: string): string | undefined => (condition ? what : undefined);

/** What each version of PostgreSQL brought to the grammar, by node of the tree: from the release notes, "E.x Changes". */
const FEATURES: readonly (readonly [since: number, tag: string, look: Look])[] = [
  [
    18,
    'Constraint',
    (n) =>
      when(
        text(n, 'contype') === 'CONSTR_GENERATED' && text(n, 'generated_kind') === 'v',
        'a VIRTUAL generated column',
      ),
  ],
  [
    18,
    'Constraint',
    (n) =>
      when(text(n, 'contype') === 'CONSTR_NOTNULL' && has(n, 'keys'), 'NOT NULL as a named constraint of the table'),
  ],
  [
    18,
    'Constraint',
    (n) =>
      when(
        text(n, 'contype') === 'CONSTR_ATTR_NOT_ENFORCED' ||
          (/^CONSTR_(CHECK|FOREIGN)$/.test(text(n, 'contype')) && !flag(n, 'is_enforced')),
        'NOT ENFORCED',
      ),
  ],
  [
    18,
    'Constraint',
    (n) => when(flag(n, 'without_overlaps') || flag(n, 'fk_with_period'), 'WITHOUT OVERLAPS and PERIOD'),
  ],
  [18, 'ATAlterConstraint', (n) => when(flag(n, 'alterEnforceability'), 'ALTER CONSTRAINT … ENFORCED')],
  [18, 'ATAlterConstraint', (n) => when(flag(n, 'alterInheritability'), 'ALTER CONSTRAINT … INHERIT')],
  [18, 'ReturningClause', (n) => when(list(n, 'options').length > 0, 'RETURNING WITH (OLD AS …)')],
  [18, 'FuncCall', (n) => when(/^(uuidv7|uuidv4|array_sort|array_reverse|casefold)$/.test(call(n)), `${call(n)}()`)],
  [18, 'CopyStmt', (n) => optionOf(n, 'options', ['reject_limit'], 'COPY')],
  [17, 'AlterTableCmd', (n) => when(text(n, 'subtype') === 'AT_SetExpression', 'SET EXPRESSION')],
  [
    17,
    'AlterTableCmd',
    (n) => when(text(n, 'subtype') === 'AT_SetStatistics' && !has(n, 'def'), 'SET STATISTICS DEFAULT'),
  ],
  [
    17,
    'AlterTableCmd',
    (n) => when(text(n, 'subtype') === 'AT_SetAccessMethod' && !has(n, 'name'), 'SET ACCESS METHOD DEFAULT'),
  ],
  [17, 'AccessPriv', (n) => when(text(n, 'priv_name') === 'maintain', 'the privilege MAINTAIN')],
  [17, 'ExplainStmt', (n) => optionOf(n, 'options', ['memory', 'serialize'], 'EXPLAIN')],
  [17, 'FuncCall', (n) => when(call(n) === 'random' && list(n, 'args').length > 0, 'random(min, max)')],
  [17, 'FuncCall', (n) => when(/^(to_bin|to_oct|xmltext|uuid_extract_\w+)$/.test(call(n)), `${call(n)}()`)],
  [17, 'MergeStmt', (n) => when(has(n, 'returningClause') || has(n, 'returningList'), 'MERGE … RETURNING')],
  [
    17,
    'MergeWhenClause',
    (n) => when(text(n, 'matchKind') === 'MERGE_WHEN_NOT_MATCHED_BY_SOURCE', 'MERGE … WHEN NOT MATCHED BY SOURCE'),
  ],
  [17, 'CopyStmt', (n) => optionOf(n, 'options', ['on_error', 'log_verbosity'], 'COPY')],
  [16, 'CopyStmt', (n) => optionOf(n, 'options', ['default'], 'COPY')],
  [16, 'ExplainStmt', (n) => optionOf(n, 'options', ['generic_plan'], 'EXPLAIN')],
  [
    16,
    'VacuumStmt',
    (n) =>
      optionOf(
        n,
        'options',
        ['process_main', 'skip_database_stats', 'only_database_stats', 'buffer_usage_limit'],
        'VACUUM',
      ),
  ],
  [16, 'GrantRoleStmt', (n) => optionOf(n, 'opt', ['inherit', 'set'], 'GRANT of a role WITH')],
  [16, 'ReindexStmt', (n) => when(!has(n, 'relation') && text(n, 'name') === '', 'REINDEX without a name')],
  [17, 'JsonTable', () => 'JSON_TABLE'],
  [17, 'JsonFuncExpr', () => 'JSON_EXISTS, JSON_QUERY and JSON_VALUE'],
  [17, 'VariableSetStmt', (n) => when(text(n, 'name') === 'transaction_timeout', 'transaction_timeout')],
  [16, 'JsonObjectConstructor', () => 'JSON_OBJECT'],
  [16, 'JsonArrayConstructor', () => 'JSON_ARRAY'],
  [16, 'JsonObjectAgg', () => 'JSON_OBJECTAGG'],
  [16, 'JsonArrayAgg', () => 'JSON_ARRAYAGG'],
  [16, 'JsonIsPredicate', () => 'IS JSON'],
  [16, 'FuncCall', (n) => when(/^(any_value|array_shuffle|array_sample|random_normal)$/.test(call(n)), `${call(n)}()`)],
  [16, 'RangeSubselect', (n) => when(!has(n, 'alias'), 'a subquery in FROM without a name')],
  [16, 'CreateStatsStmt', (n) => when(list(n, 'defnames').length === 0, 'CREATE STATISTICS without a name')],
  [16, 'ColumnDef', (n) => when(text(n, 'storage_name') !== '', 'STORAGE in CREATE TABLE')],
  [15, 'MergeStmt', () => 'MERGE'],
  [15, 'AlterDatabaseRefreshCollStmt', () => 'REFRESH COLLATION VERSION'],
  [15, 'FuncCall', (n) => when(/^regexp_(count|instr|like|substr)$/.test(call(n)), `${call(n)}()`)],
  [
    15,
    'PublicationObjSpec',
    (n) => when(/_IN_(CUR_)?SCHEMA$/.test(text(n, 'pubobjtype')), 'a publication of the tables in a schema'),
  ],
  [15, 'pubtable', (n) => when(has(n, 'whereClause') || has(n, 'columns'), 'a publication of some rows or columns')],
  [15, 'IndexStmt', (n) => when(flag(n, 'nulls_not_distinct'), 'NULLS NOT DISTINCT')],
  [15, 'Constraint', (n) => when(flag(n, 'nulls_not_distinct'), 'NULLS NOT DISTINCT')],
  [15, 'Constraint', (n) => when(list(n, 'fk_del_set_cols').length > 0, 'ON DELETE SET NULL with columns')],
  [15, 'AlterTableCmd', (n) => when(text(n, 'subtype') === 'AT_SetAccessMethod', 'SET ACCESS METHOD')],
  [15, 'ViewStmt', (n) => when(optionOn(n, 'options', 'security_invoker'), 'security_invoker')],
  [14, 'AlterTableCmd', (n) => when(text(n, 'subtype') === 'AT_SetCompression', 'SET COMPRESSION')],
  [
    14,
    'AlterTableCmd',
    (n) =>
      when(
        text(n, 'subtype') === 'AT_DetachPartitionFinalize' ||
          flag(child(child(n, 'def'), 'PartitionCmd'), 'concurrent'),
        'DETACH PARTITION … CONCURRENTLY',
      ),
  ],
  [14, 'StatsElem', (n) => when(has(n, 'expr'), 'CREATE STATISTICS on an expression')],
  [14, 'DefElem', (n) => when(text(n, 'defname') === 'multirange_type_name', 'multiranges')],
  [14, 'TypeName', (n) => when(/multirange$/.test(names(n, 'names').at(-1) ?? ''), 'multiranges')],
  [14, 'typeName', (n) => when(/multirange$/.test(names(n, 'names').at(-1) ?? ''), 'multiranges')],
  [14, 'VacuumStmt', (n) => optionOf(n, 'options', ['process_toast'], 'VACUUM')],
  [14, 'ColumnDef', (n) => when(text(n, 'compression') !== '', 'COMPRESSION of a column')],
  [14, 'CreateFunctionStmt', (n) => when(has(n, 'sql_body'), 'a body in standard SQL (BEGIN ATOMIC, RETURN)')],
  [14, 'CreateTrigStmt', (n) => when(flag(n, 'replace'), 'CREATE OR REPLACE TRIGGER')],
  [14, 'CommonTableExpr', (n) => when(has(n, 'search_clause') || has(n, 'cycle_clause'), 'SEARCH and CYCLE')],
  [14, 'SelectStmt', (n) => when(flag(n, 'groupDistinct'), 'GROUP BY DISTINCT')],
  [14, 'FuncCall', (n) => when(/^(date_bin|string_to_table|trim_array|bit_xor)$/.test(call(n)), `${call(n)}()`)],
];

const call = (node: Node): string => names(node, 'funcname').at(-1) ?? '';

/** An option that stands in a list, with the statement that it is new in. */
function optionOf(node: Node, key: string, wanted: readonly string[], what: string): string | undefined {
  const found = wanted.find((name) => option(node, key, name) !== undefined);
  return found === undefined ? undefined : `${what} … ${found.toUpperCase()}`;
}

const byTag = (() => {
  const map = new Map<string, (readonly [number, Look])[]>();
  for (const [since, tag, look] of FEATURES) map.set(tag, [...(map.get(tag) ?? []), [since, look]]);
  return map;
})();

/** `1_000` and `0x1F`, which older servers read as a number with a name behind it. */
const NEW_NUMBER = /^(0[xob]|\d[\d.e]*_)/i;

/** Finds what in a statement needs a version of PostgreSQL above 13. */
export class Features {
  readonly #found = new Map<string, Feature>();
  /** The text in bytes, as places in the tree count them; undefined where no new way to write a number is in it. */
  readonly #bytes: Buffer | undefined;

  constructor(sql: string) {
    this.#bytes = /\d_\d|0[xob]/i.test(sql) ? Buffer.from(sql) : undefined;
  }

  visit(tag: string, node: Node): void {
    if (tag === 'A_Const' && this.#bytes && !has(node, 'sval'))
      this.#number(this.#bytes, number(node, 'location') ?? 0);
    const looks = byTag.get(tag);
    if (looks === undefined) return;
    for (const [since, look] of looks) {
      const what = look(node);
      if (what !== undefined) this.#found.set(what, { what, since });
    }
  }

  get all(): readonly Feature[] {
    return [...this.#found.values()];
  }

  #number(bytes: Buffer, start: number): void {
    if (NEW_NUMBER.test(bytes.toString('latin1', start, start + 40)))
      this.#found.set('number', { what: 'a number such as 1_000 or 0x1F', since: 16 });
  }
}
