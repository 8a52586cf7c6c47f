import type { Constraint, LockMode, Statement } from '../statement';
import { child, flag, has, list, type Node, names, number, text, unwrap } from '../tree';
import { actionsOf, targetOf } from './alter';
import { columnFrom, constraintFrom } from './column';
import type { Changes } from './data';
import { droppedNames, nameOf, objectWord, option, optionOn, showType, tableOf, typeOf } from './names';
import { PLAIN_STATEMENTS } from './plain';
import { dataOrSelect, newTable } from './select';
import { narrowing } from './sequence';
import { settingOf } from './setting';

type Make = (node: Node, found: Changes) => Statement;

const cascades = (node: Node): boolean => text(node, 'behavior') === 'DROP_CASCADE';

const LOCKS: readonly LockMode[] = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
];

const tablesOf = (node: Node, key: string): readonly string[] =>
  list(node, key).map((one) => tableOf(child(one, 'RangeVar')));

const createTable: Make = (node) => {
  const elements = list(node, 'tableElts').map(unwrap);
  const of = (tag: string) => elements.filter(([one]) => one === tag).map(([, inner]) => inner);
  const columns = of('ColumnDef').map(columnFrom);
  const constraints: readonly Constraint[] = of('Constraint').flatMap((one) => constraintFrom(one) ?? []);
  const [parent] = tablesOf(node, 'inhRelations');
  return {
    ...newTable(child(node, 'relation'), flag(node, 'if_not_exists')),
    columns,
    constraints,
    partitionOf: has(node, 'partbound') ? parent : undefined,
    partitioned: has(node, 'partspec'),
    complete: parent === undefined && of('TableLikeClause').length === 0 && columns.length > 0,
  };
};

const drop: Make = (node) => {
  const object = objectWord(text(node, 'removeType'));
  const inTable = ['TRIGGER', 'RULE', 'POLICY'].includes(object);
  const found = droppedNames(list(node, 'objects'), inTable);
  return {
    kind: 'drop',
    object,
    names: found.map((parts) => (inTable ? (parts.at(-1) ?? '') : nameOf(parts))),
    table: inTable ? nameOf((found[0] ?? []).slice(0, -1)) : undefined,
    concurrent: flag(node, 'concurrent'),
    cascade: cascades(node),
    ifExists: flag(node, 'missing_ok'),
  };
};

const rename: Make = (node) => {
  const relation = tableOf(child(node, 'relation'));
  const [, object] = unwrap(child(node, 'object'));
  const own = names(object, 'items').join('.') || nameOf(names(object, 'objname')) || nameOf(names(object, 'names'));
  return {
    kind: 'rename',
    object: objectWord(text(node, 'renameType')),
    table: relation || own,
    from: text(node, 'subname') || relation || own,
    to: text(node, 'newname'),
  };
};

const TRANSACTIONS: Readonly<Record<string, Extract<Statement, { readonly kind: 'transaction' }>['op']>> = {
  TRANS_STMT_BEGIN: 'begin',
  TRANS_STMT_START: 'begin',
  TRANS_STMT_COMMIT: 'commit',
  TRANS_STMT_ROLLBACK: 'rollback',
  TRANS_STMT_SAVEPOINT: 'savepoint',
  TRANS_STMT_RELEASE: 'savepoint',
  TRANS_STMT_ROLLBACK_TO: 'rollback-to',
};

const alterDomain: Make = (node) => {
  const actions = { C: 'constrain', O: 'constrain', V: 'validate' } as const;
  const subtype = text(node, 'subtype');
  const constraint = child(child(node, 'def'), 'Constraint');
  const action = subtype === 'C' || subtype === 'O' || subtype === 'V' ? actions[subtype] : 'loosen';
  return {
    kind: 'alter-domain',
    domain: nameOf(names(node, 'typeName')),
    action: subtype === 'C' && flag(constraint, 'skip_validation') ? 'not-valid' : action,
    name: text(constraint, 'conname') || text(node, 'name'),
  };
};

const language = (node: Node, key: string): string => {
  const given = option(node, key, 'language');
  return text(child(child(given ?? {}, 'arg'), 'String'), 'sval').toLowerCase();
};

const copy: Make = (node, found) => {
  const changes = has(node, 'query') ? found.all : [];
  if (changes.length > 0) return { kind: 'data', changes };
  const ends = flag(node, 'is_from') ? 'stdin' : 'stdout';
  return { kind: 'copy', table: tableOf(child(node, 'relation')), with: has(node, 'filename') ? 'file' : ends };
};

const MAKERS: Readonly<Record<string, Make>> = {
  SelectStmt: dataOrSelect,
  InsertStmt: dataOrSelect,
  UpdateStmt: dataOrSelect,
  DeleteStmt: dataOrSelect,
  MergeStmt: dataOrSelect,
  CreateStmt: createTable,
  CreateForeignTableStmt: (node, found) => createTable(child(node, 'base'), found),
  CreateTableAsStmt: (node) => {
    const into = child(child(node, 'into'), 'rel');
    return newTable(into, flag(node, 'if_not_exists'));
  },
  AlterTableStmt: (node) => ({
    kind: 'alter-table',
    target: targetOf(node),
    table: tableOf(child(node, 'relation')),
    actions: actionsOf(node),
  }),
  IndexStmt: (node) => ({
    kind: 'create-index',
    table: tableOf(child(node, 'relation')),
    name: text(node, 'idxname'),
    unique: flag(node, 'unique'),
    concurrent: flag(node, 'concurrent'),
    ifNotExists: flag(node, 'if_not_exists'),
    only: !flag(child(node, 'relation'), 'inh'),
    columns: list(node, 'indexParams').map((one) => text(child(one, 'IndexElem'), 'name')),
  }),
  DropStmt: drop,
  DropOwnedStmt: () => dropOf('OWNED', '', true),
  DropdbStmt: (node) => dropOf('DATABASE', text(node, 'dbname'), false),
  DropRoleStmt: () => dropOf('ROLE', '', false),
  DropTableSpaceStmt: (node) => dropOf('TABLESPACE', text(node, 'tablespacename'), false),
  RenameStmt: rename,
  AlterObjectSchemaStmt: (node) => ({
    kind: 'set-schema',
    object: objectWord(text(node, 'objectType')),
    name: tableOf(child(node, 'relation')),
    to: text(node, 'newschema'),
  }),
  ViewStmt: (node) =>
    flag(node, 'replace')
      ? { kind: 'plain', what: 'CREATE OR REPLACE VIEW' }
      : { kind: 'create-view', name: tableOf(child(node, 'view')) },
  CreateEnumStmt: (node) => ({ kind: 'create-enum', type: nameOf(names(node, 'typeName')) }),
  AlterEnumStmt: (node) => {
    const type = nameOf(names(node, 'typeName'));
    return has(node, 'oldVal')
      ? { kind: 'rename-enum-value', type, from: text(node, 'oldVal'), to: text(node, 'newVal') }
      : { kind: 'add-enum-value', type, value: text(node, 'newVal') };
  },
  CreateDomainStmt: (node) => ({
    kind: 'create-domain',
    domain: nameOf(names(node, 'domainname')),
    constrained: list(node, 'constraints').some((one) =>
      ['CONSTR_CHECK', 'CONSTR_NOTNULL'].includes(text(child(one, 'Constraint'), 'contype')),
    ),
  }),
  AlterDomainStmt: alterDomain,
  TransactionStmt: (node) => ({ kind: 'transaction', op: TRANSACTIONS[text(node, 'kind')] ?? 'prepared' }),
  VacuumStmt: (node) => ({
    kind: 'vacuum',
    full: optionOn(node, 'options', 'full'),
    analyzeOnly: !flag(node, 'is_vacuumcmd'),
    tables: list(node, 'rels').map((one) => tableOf(child(child(one, 'VacuumRelation'), 'relation'))),
  }),
  ClusterStmt: (node) => ({ kind: 'cluster', table: tableOf(child(node, 'relation')) }),
  ReindexStmt: (node) => ({
    kind: 'reindex',
    object: text(node, 'kind').replace('REINDEX_OBJECT_', ''),
    name: tableOf(child(node, 'relation')) || text(node, 'name'),
    concurrent: optionOn(node, 'params', 'concurrently'),
  }),
  LockStmt: (node) => ({
    kind: 'lock',
    tables: tablesOf(node, 'relations'),
    mode: LOCKS[(number(node, 'mode') ?? 8) - 1] ?? 'ACCESS EXCLUSIVE',
  }),
  TruncateStmt: (node) => ({ kind: 'truncate', tables: tablesOf(node, 'relations'), cascade: cascades(node) }),
  RefreshMatViewStmt: (node) => ({
    kind: 'refresh',
    view: tableOf(child(node, 'relation')),
    concurrent: flag(node, 'concurrent'),
    withData: !flag(node, 'skipData'),
  }),
  CopyStmt: copy,
  CreateTrigStmt: (node) => ({
    kind: 'create-trigger',
    table: tableOf(child(node, 'relation')),
    name: text(node, 'trigname'),
    calls: nameOf(names(node, 'funcname')),
  }),
  RuleStmt: (node) => ({ kind: 'create-rule', table: tableOf(child(node, 'relation')), name: text(node, 'rulename') }),
  CreatePolicyStmt: (node) => ({
    kind: 'create-policy',
    table: tableOf(child(node, 'table')),
    name: text(node, 'policy_name'),
    restrictive: !flag(node, 'permissive'),
  }),
  VariableSetStmt: settingOf,
  AlterSystemStmt: (node) => ({ kind: 'server-setting', where: 'SYSTEM', name: text(child(node, 'setstmt'), 'name') }),
  AlterDatabaseSetStmt: (node) => ({
    kind: 'server-setting',
    where: 'DATABASE',
    name: text(child(node, 'setstmt'), 'name'),
  }),
  AlterRoleSetStmt: (node) => ({ kind: 'server-setting', where: 'ROLE', name: text(child(node, 'setstmt'), 'name') }),
  DoStmt: (node) => ({ kind: 'do', language: language(node, 'args') || 'plpgsql' }),
  CallStmt: (node) => ({ kind: 'call', procedure: nameOf(names(child(node, 'funccall'), 'funcname')) }),
  CreateFunctionStmt: (node) => ({
    kind: 'create-function',
    name: nameOf(names(node, 'funcname')),
    signature: list(node, 'parameters')
      .map((one) => showType(typeOf(child(child(one, 'FunctionParameter'), 'argType'))))
      .join(', '),
    procedure: flag(node, 'is_procedure'),
    language: language(node, 'options') || (has(node, 'sql_body') ? 'sql' : ''),
    body: names(child(child(option(node, 'options', 'as') ?? {}, 'arg'), 'List'), 'items').join('\n'),
  }),
  GrantStmt: (node) =>
    flag(node, 'is_grant')
      ? { kind: 'plain', what: 'GRANT' }
      : { kind: 'revoke', what: tablesOf(node, 'objects').join(', ') },
  GrantRoleStmt: (node) =>
    flag(node, 'is_grant') ? { kind: 'plain', what: 'GRANT' } : { kind: 'revoke', what: 'a role' },
  AlterTableMoveAllStmt: () => ({
    kind: 'alter-table',
    target: 'table',
    table: 'all tables of the tablespace',
    actions: [{ kind: 'rewrite', what: 'SET TABLESPACE' }],
  }),
  AlterSeqStmt: (node) => {
    const narrows = list(node, 'options')
      .map((one) => narrowing(child(one, 'DefElem')))
      .find(Boolean);
    return narrows
      ? { kind: 'unknown', what: `ALTER SEQUENCE … ${narrows}` }
      : { kind: 'plain', what: 'ALTER SEQUENCE' };
  },
  AlterPublicationStmt: (node) =>
    text(node, 'action') === 'AP_AddObjects' && has(node, 'pubobjects')
      ? { kind: 'plain', what: 'ALTER PUBLICATION … ADD' }
      : { kind: 'unknown', what: 'ALTER PUBLICATION' },
  ExplainStmt: (node, found) =>
    optionOn(node, 'options', 'analyze')
      ? statementOf(child(node, 'query'), found)
      : { kind: 'plain', what: 'EXPLAIN' },
};

const dropOf = (object: string, name: string, cascade: boolean): Statement => ({
  kind: 'drop',
  object,
  names: [name],
  table: undefined,
  concurrent: false,
  cascade,
  ifExists: false,
});

/** The statement of a parse tree, with the changes of data that were found in it. */
export function statementOf(wrapped: Node, found: Changes): Statement {
  const [tag, inner] = unwrap(wrapped);
  const make = MAKERS[tag];
  if (make !== undefined) return make(inner, found);
  const what = tag
    .replace(/Stmt$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase();
  return PLAIN_STATEMENTS.has(tag) ? { kind: 'plain', what } : { kind: 'unknown', what };
}
