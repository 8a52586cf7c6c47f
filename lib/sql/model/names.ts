import type { ObjectName, TypeName } from '../statement';
import { child, flag, list, type Node, names, number, stringOf, text, unwrap } from '../tree';

/** One name for `users` and `public.users`; other schemas stay. */
export const nameOf = (parts: readonly string[]): ObjectName =>
  (parts.length > 1 && parts.at(-2) === 'public' ? parts.slice(-1) : parts.slice(-2)).join('.');

/** The table of a RangeVar. */
export const tableOf = (range: Node): ObjectName =>
  nameOf([text(range, 'schemaname'), text(range, 'relname')].filter((part) => part !== ''));

/** A type, with its modifiers: `numeric(10,2)`. */
export function typeOf(node: Node): TypeName {
  const parts = names(node, 'names').filter((part) => part !== 'pg_catalog');
  const modifiers = list(node, 'typmods').map((one) => number(child(child(one, 'A_Const'), 'ival'), 'ival') ?? 0);
  return { name: nameOf(parts), modifiers, array: list(node, 'arrayBounds').length > 0 };
}

const SHOWN: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  bool: 'boolean',
  float4: 'real',
  float8: 'double precision',
  bpchar: 'char',
};

/** A type as people write it. */
export const showType = ({ name, modifiers, array }: TypeName): string =>
  `${SHOWN[name] ?? name}${modifiers.length > 0 && name !== 'interval' ? `(${modifiers.join(',')})` : ''}${array ? '[]' : ''}`;

/** The names of what DROP lists. */
export function droppedNames(objects: readonly Node[], inTable: boolean): readonly (readonly string[])[] {
  return objects.map((object) => {
    const [tag, inner] = unwrap(object);
    if (tag === 'List') return list(inner, 'items').map(stringOf);
    if (tag === 'ObjectWithArgs') return names(inner, 'objname');
    if (tag === 'TypeName') return names(inner, 'names');
    if (tag === 'String') return [text(inner, 'sval')];
    return inTable ? ['', ''] : [''];
  });
}

/** `OBJECT_MATVIEW` in SQL's words. */
export function objectWord(type: string): string {
  const known: Readonly<Record<string, string>> = {
    OBJECT_MATVIEW: 'MATERIALIZED VIEW',
    OBJECT_TABCONSTRAINT: 'CONSTRAINT',
    OBJECT_DOMCONSTRAINT: 'CONSTRAINT',
    OBJECT_STATISTIC_EXT: 'STATISTICS',
    OBJECT_FDW: 'FOREIGN DATA WRAPPER',
    OBJECT_FOREIGN_SERVER: 'SERVER',
  };
  return known[type] ?? type.replace(/^OBJECT_/, '').replaceAll('_', ' ');
}

/** The value of an option in a list of DefElem; undefined where it is not there. */
export function option(node: Node, key: string, name: string): Node | undefined {
  return list(node, key)
    .map((one) => child(one, 'DefElem'))
    .find((one) => text(one, 'defname') === name);
}

/** Whether an option without a value, or with a true one, is there. */
export function optionOn(node: Node, key: string, name: string): boolean {
  const found = option(node, key, name);
  if (found === undefined) return false;
  const [tag, inner] = unwrap(child(found, 'arg'));
  if (tag === 'Boolean') return flag(inner, 'boolval');
  if (tag === 'Integer') return (number(inner, 'ival') ?? 0) !== 0;
  return tag !== 'String' || !/^(false|off|no|0)$/i.test(text(inner, 'sval'));
}
