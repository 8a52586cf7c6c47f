import type { Expression } from '../statement';
import { child, flag, has, list, type Node, names, stringOf, text, unwrap, walk } from '../tree';

/** What an expression calls and reads. */
export function expressionOf(node: Node): Expression {
  const columns: string[] = [];
  const calls = new Set<string>();
  walk(node, (tag, inner) => {
    if (tag === 'ColumnRef') columns.push(columnOf(inner));
    else if (isCall(tag)) calls.add(calledBy(inner));
  });
  const [tag, inner] = unwrap(node);
  return { calls: [...calls], columns, isNull: tag === 'A_Const' && flag(inner, 'isnull') };
}

/** The functions that are called anywhere below, in lower case, without pg_catalog. */
export function callsOf(node: Node): readonly string[] {
  const calls = new Set<string>();
  walk(node, (tag, inner) => {
    if (isCall(tag)) calls.add(calledBy(inner));
  });
  return [...calls];
}

/** Whether a node of this tag calls a function. */
export const isCall = (tag: string): boolean => tag === 'FuncCall' || tag === 'funccall';

/** The function that a call names. */
export const calledBy = (call: Node): string =>
  names(call, 'funcname')
    .filter((part) => part !== 'pg_catalog')
    .join('.');

/** The last name of a column reference: `id` of `users.id`. */
export function columnOf(reference: Node): string {
  const last = list(reference, 'fields').at(-1);
  return last === undefined ? '' : stringOf(last) || '*';
}

/** The columns of which a check says that they are not null: `a IS NOT NULL`, and both of two joined by AND. */
export function notNullOf(node: Node): readonly string[] {
  const [tag, inner] = unwrap(node);
  if (tag === 'NullTest' && text(inner, 'nulltesttype') === 'IS_NOT_NULL') {
    const [argument, reference] = unwrap(child(inner, 'arg'));
    return argument === 'ColumnRef' ? [columnOf(reference)] : [];
  }
  if (tag === 'BoolExpr' && text(inner, 'boolop') === 'AND_EXPR') return list(inner, 'args').flatMap(notNullOf);
  return [];
}

/** Whether a node is a constant, perhaps with a cast or a sign. */
export function isConstant(node: Node): boolean {
  const [tag, inner] = unwrap(node);
  if (tag === 'A_Const') return true;
  if (tag === 'TypeCast') return isConstant(child(inner, 'arg'));
  return tag === 'A_Expr' && !('lexpr' in inner) && isConstant(child(inner, 'rexpr'));
}

/** The integer that a constant is, or a sum, difference or product of constants; else undefined. */
export function integerOf(node: Node): number | undefined {
  const [tag, inner] = unwrap(node);
  if (tag === 'A_Expr') return computed(inner);
  if (tag !== 'A_Const') return undefined;
  if ('ival' in inner) {
    const value = child(inner, 'ival').ival;
    return typeof value === 'number' ? value : 0;
  }
  const large = text(child(inner, 'fval'), 'fval');
  return /^\d+$/.test(large) ? Number(large) : undefined;
}

function computed(node: Node): number | undefined {
  const right = integerOf(child(node, 'rexpr'));
  const left = has(node, 'lexpr') ? integerOf(child(node, 'lexpr')) : 0;
  if (left === undefined || right === undefined) return undefined;
  const results: Readonly<Record<string, number>> = { '+': left + right, '-': left - right, '*': left * right };
  return results[names(node, 'name').join('')];
}
