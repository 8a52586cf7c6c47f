import type { AlterAction } from '../statement';
import { child, flag, has, list, type Node, text, unwrap } from '../tree';
import { columnFrom, constraintFrom } from './column';
import { columnOf, expressionOf } from './expression';
import { objectWord, showType, tableOf, typeOf } from './names';

type Make = (command: Node) => AlterAction;

const name = (command: Node): string => text(command, 'name');
const cascade = (command: Node): boolean => text(command, 'behavior') === 'DROP_CASCADE';
const plain =
  (what: string): Make =>
  (command) => ({ kind: 'plain', what: [what, name(command)].filter(Boolean).join(' ') });
const rewrite =
  (what: string): Make =>
  () => ({ kind: 'rewrite', what });
const trigger =
  (enable: boolean): Make =>
  (command) => ({ kind: 'trigger', enable, what: name(command) || 'ALL' });

/** ALTER TABLE's parts by the parser's names for them (parsenodes.h, AlterTableType). */
const MAKERS: Readonly<Record<string, Make>> = {
  AT_AddColumn: (one) => ({ kind: 'add-column', column: columnFrom(child(child(one, 'def'), 'ColumnDef')) }),
  AT_DropColumn: (one) => ({ kind: 'drop-column', column: name(one), cascade: cascade(one) }),
  AT_AlterColumnType: (one) => {
    const def = child(child(one, 'def'), 'ColumnDef');
    return {
      kind: 'set-type',
      column: name(one),
      type: typeOf(child(def, 'typeName')),
      using: has(def, 'raw_default') && !onlyCasts(child(def, 'raw_default'), name(one), child(def, 'typeName')),
      collation: has(def, 'collClause'),
    };
  },
  AT_ColumnDefault: (one) =>
    has(one, 'def')
      ? { kind: 'set-default', column: name(one), to: expressionOf(child(one, 'def')) }
      : { kind: 'drop-default', column: name(one) },
  AT_SetNotNull: (one) => ({ kind: 'set-not-null', column: name(one) }),
  AT_DropNotNull: (one) => ({ kind: 'drop-not-null', column: name(one) }),
  AT_AddConstraint: (one) => {
    const constraint = constraintFrom(child(child(one, 'def'), 'Constraint'));
    return constraint === undefined
      ? { kind: 'unknown', what: 'ADD CONSTRAINT' }
      : { kind: 'add-constraint', constraint };
  },
  AT_ValidateConstraint: (one) => ({ kind: 'validate-constraint', name: name(one) }),
  AT_DropConstraint: (one) => ({ kind: 'drop-constraint', name: name(one), cascade: cascade(one) }),
  AT_AttachPartition: (one) => ({ kind: 'attach-partition', partition: partition(one) }),
  AT_DetachPartition: (one) => ({
    kind: 'detach-partition',
    partition: partition(one),
    concurrent: flag(child(child(one, 'def'), 'PartitionCmd'), 'concurrent'),
  }),
  AT_DetachPartitionFinalize: plain('DETACH PARTITION … FINALIZE'),
  AT_EnableTrig: trigger(true),
  AT_EnableAlwaysTrig: trigger(true),
  AT_EnableReplicaTrig: trigger(true),
  AT_EnableTrigAll: trigger(true),
  AT_EnableTrigUser: trigger(true),
  AT_DisableTrig: trigger(false),
  AT_DisableTrigAll: trigger(false),
  AT_DisableTrigUser: trigger(false),
  AT_EnableRule: trigger(true),
  AT_DisableRule: trigger(false),
  AT_SetLogged: rewrite('SET LOGGED'),
  AT_SetUnLogged: rewrite('SET UNLOGGED'),
  AT_SetTableSpace: rewrite('SET TABLESPACE'),
  AT_SetAccessMethod: rewrite('SET ACCESS METHOD'),
  AT_AddIdentity: (one) => ({ kind: 'identity', op: 'add', column: name(one) }),
  AT_SetIdentity: (one) => ({ kind: 'identity', op: 'set', column: name(one) }),
  AT_DropIdentity: (one) => ({ kind: 'identity', op: 'drop', column: name(one) }),
  AT_SetExpression: (one) => ({ kind: 'expression', op: 'set', column: name(one) }),
  AT_DropExpression: (one) => ({ kind: 'expression', op: 'drop', column: name(one) }),
  AT_EnableRowSecurity: () => ({ kind: 'row-security', on: true }),
  AT_ForceRowSecurity: () => ({ kind: 'row-security', on: true }),
  AT_DisableRowSecurity: () => ({ kind: 'row-security', on: false }),
  AT_NoForceRowSecurity: () => ({ kind: 'row-security', on: false }),
  AT_SetStatistics: plain('SET STATISTICS'),
  AT_SetOptions: plain('SET'),
  AT_ResetOptions: plain('RESET'),
  AT_SetStorage: plain('SET STORAGE'),
  AT_SetCompression: plain('SET COMPRESSION'),
  AT_ClusterOn: plain('CLUSTER ON'),
  AT_DropCluster: plain('SET WITHOUT CLUSTER'),
  AT_SetRelOptions: plain('SET'),
  AT_ResetRelOptions: plain('RESET'),
  AT_ReplicaIdentity: plain('REPLICA IDENTITY'),
  AT_ChangeOwner: () => ({ kind: 'owner' }),
  AT_AlterConstraint: (one) => {
    const change = child(child(one, 'def'), 'ATAlterConstraint');
    return flag(change, 'alterEnforceability') && flag(change, 'is_enforced')
      ? { kind: 'enforce-constraint', name: text(change, 'conname') }
      : { kind: 'plain', what: `ALTER CONSTRAINT ${text(change, 'conname')}` };
  },
};

/** Whether USING says no more than the type change does by itself: `n` or `n::text` of `n`. */
function onlyCasts(using: Node, column: string, type: Node): boolean {
  const [tag, inner] = unwrap(using);
  if (tag === 'ColumnRef') return columnOf(inner) === column;
  if (tag !== 'TypeCast') return false;
  const [from, reference] = unwrap(child(inner, 'arg'));
  const same = showType(typeOf(child(inner, 'typeName'))) === showType(typeOf(type));
  return same && from === 'ColumnRef' && columnOf(reference) === column;
}

const partition = (command: Node): string => tableOf(child(child(child(command, 'def'), 'PartitionCmd'), 'name'));

/** What the parts of ALTER TABLE do; ATTACH PARTITION of an index only changes the catalog. */
export function actionsOf(node: Node): readonly AlterAction[] {
  return list(node, 'cmds')
    .map((one) => child(one, 'AlterTableCmd'))
    .map((command) => {
      const subtype = text(command, 'subtype');
      if (subtype === 'AT_AttachPartition' && text(node, 'objtype') === 'OBJECT_INDEX')
        return { kind: 'plain', what: 'ATTACH PARTITION' };
      const make = MAKERS[subtype];
      return make === undefined ? { kind: 'unknown', what: subtype.replace(/^AT_/, '') } : make(command);
    });
}

const TARGETS: Readonly<Record<string, 'table' | 'index' | 'view' | 'sequence' | 'type'>> = {
  TABLE: 'table',
  'FOREIGN TABLE': 'table',
  INDEX: 'index',
  VIEW: 'view',
  'MATERIALIZED VIEW': 'table',
  SEQUENCE: 'sequence',
  TYPE: 'type',
};

/** What ALTER TABLE is really about: the grammar lets it alter indexes, views and sequences too. */
export const targetOf = (node: Node) => TARGETS[objectWord(text(node, 'objtype'))] ?? 'other';
