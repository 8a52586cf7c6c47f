/** A value while a condition is worked out. Functions are those of the environment. */
export type Value = number | string | boolean | null | readonly Value[] | ReadonlyMap<string, Value> | Callable;

export interface Callable {
  readonly call: (args: readonly Value[]) => Value;
}

/** The condition cannot be worked out for this value: Argo Rollouts counts an Error. */
export class EvaluationError extends Error {}

/** The condition uses what is not worked out here; nothing is known about it. */
export class Unsupported extends Error {}

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

export const isMap = (value: Value): value is ReadonlyMap<string, Value> => value instanceof Map;

export const isCallable = (value: Value): value is Callable =>
  typeof value === 'object' && value !== null && !isList(value) && !isMap(value);

export function fail(message: string): never {
  throw new EvaluationError(message);
}

export const asNumber = (value: Value): number => (typeof value === 'number' ? value : fail('a number is needed'));

export const asBoolean = (value: Value): boolean => (typeof value === 'boolean' ? value : fail('a boolean is needed'));

export const asList = (value: Value): readonly Value[] => (isList(value) ? value : fail('a list is needed'));

/** Equality as `==` has it; values of kinds that cannot be compared are an error. */
export function isEqual(left: Value, right: Value): boolean {
  if (left === null || right === null) return left === right;
  if (typeof left !== typeof right || isList(left) !== isList(right)) fail('values of different kinds are compared');
  // Go compares the types of the items too.
  if (isList(left)) throw new Unsupported('lists are compared');
  return left === right;
}
