import type { Column, Constraint, ConstraintKind } from '../statement';
import { child, flag, has, list, type Node, names, text, walk } from '../tree';
import { columnOf, expressionOf, notNullOf } from './expression';
import { tableOf, typeOf } from './names';

const SERIAL = new Set(['serial', 'bigserial', 'smallserial', 'serial2', 'serial4', 'serial8']);

/** Whether a type is an integer with a sequence behind it. */
export const isSerial = (name: string): boolean => SERIAL.has(name);

/** A column of CREATE TABLE or ADD COLUMN. */
export function columnFrom(node: Node): Column {
  const constraints = list(node, 'constraints').map((one) => child(one, 'Constraint'));
  const of = (kind: string) => constraints.find((one) => text(one, 'contype') === kind);
  const given = of('CONSTR_DEFAULT');
  const generated = of('CONSTR_GENERATED');
  const type = typeOf(child(node, 'typeName'));
  const name = text(node, 'colname');
  const identity = of('CONSTR_IDENTITY') !== undefined;
  return {
    name,
    type,
    notNull:
      of('CONSTR_NOTNULL') !== undefined || of('CONSTR_PRIMARY') !== undefined || identity || isSerial(type.name),
    default: given && expressionOf(child(given, 'raw_expr')),
    identity,
    generated: generated && (text(generated, 'generated_kind') === 'v' ? 'virtual' : 'stored'),
    constraints: constraints.flatMap((one) => constraintFrom(one, name) ?? []),
  };
}

const KINDS: Readonly<Record<string, ConstraintKind>> = {
  CONSTR_CHECK: 'check',
  CONSTR_FOREIGN: 'foreign-key',
  CONSTR_UNIQUE: 'unique',
  CONSTR_PRIMARY: 'primary-key',
  CONSTR_EXCLUSION: 'exclude',
};

/** A constraint of a table, or of the column it stands at; NOT NULL of a column is a property of the column instead. */
export function constraintFrom(node: Node, column?: string): Constraint | undefined {
  const type = text(node, 'contype');
  const kind = type === 'CONSTR_NOTNULL' && column === undefined ? 'not-null' : KINDS[type];
  if (kind === undefined) return undefined;
  const own = kind === 'foreign-key' ? names(node, 'fk_attrs') : names(node, 'keys');
  const check = child(node, 'raw_expr');
  const indexName = text(node, 'indexname');
  return {
    kind,
    name: text(node, 'conname'),
    columns: kind === 'check' ? columnsOf(check) : own.length > 0 || column === undefined ? own : [column],
    references: kind === 'foreign-key' ? tableOf(child(node, 'pktable')) : undefined,
    notValid: flag(node, 'skip_validation'),
    enforced: (kind !== 'check' && kind !== 'foreign-key') || flag(node, 'is_enforced'),
    usingIndex: has(node, 'indexname') ? indexName : undefined,
    notNullOf: kind === 'check' ? notNullOf(check) : kind === 'not-null' ? own : [],
  };
}

function columnsOf(check: Node): readonly string[] {
  const columns = new Set<string>();
  walk({ check }, (tag, inner) => {
    if (tag === 'ColumnRef') columns.add(columnOf(inner));
  });
  return [...columns];
}
