import { childrenOf, type Expr } from './ast';
import { ENVIRONMENT, FUNCTIONS, PREDICATES } from './builtins';

/** The names in a condition that mean nothing to Argo Rollouts, each with its offset. */
export function unknownNames(
  expr: Expr,
  known: ReadonlySet<string> = ENVIRONMENT,
): readonly { name: string; at: number }[] {
  if (expr.kind === 'let')
    return [...unknownNames(expr.value, known), ...unknownNames(expr.body, new Set([...known, expr.name]))];
  if (expr.kind === 'name') {
    const { name, at } = expr;
    return known.has(name) || FUNCTIONS.has(name) || PREDICATES.has(name) || name === '$env' ? [] : [{ name, at }];
  }
  return childrenOf(expr).flatMap((child) => unknownNames(child, known));
}

/** Whether a condition looks at the measurement at all. */
export function asksResult(expr: Expr): boolean {
  // isNil and default look at the measurement whatever they are given.
  if (expr.kind === 'name') return ['result', '$env', 'isNil', 'default'].includes(expr.name);
  return childrenOf(expr).some(asksResult);
}

/** The numbers that are written in a condition: what it compares with. */
export function numbersIn(expr: Expr): readonly number[] {
  if (expr.kind === 'literal') return typeof expr.value === 'number' ? [expr.value] : [];
  return childrenOf(expr).flatMap(numbersIn);
}
