import type { Expr } from './ast';
import { callFunction, environmentOf } from './functions';
import {
  asBoolean,
  asList,
  asNumber,
  EvaluationError,
  fail,
  isCallable,
  isEqual,
  isList,
  isMap,
  Unsupported,
  type Value,
} from './value';

/** What a condition says about a measurement. Of what is not known here nothing is said. */
export type Answer = 'true' | 'false' | 'error' | 'unknown';

/** Works out a condition for a measurement, as utils/evaluate/evaluate.go of Argo Rollouts does. */
export function answerOf(condition: Expr, result: Value): Answer {
  try {
    const value = evaluate(condition, { names: environmentOf(result), item: undefined, acc: undefined });
    return typeof value === 'boolean' ? (value ? 'true' : 'false') : 'error';
  } catch (error) {
    if (error instanceof EvaluationError) return 'error';
    if (error instanceof Unsupported) return 'unknown';
    throw error;
  }
}

interface Scope {
  readonly names: ReadonlyMap<string, Value>;
  /** What `#` means in a closure. */
  readonly item: Value | undefined;
  readonly acc: Value | undefined;
}

function evaluate(expr: Expr, scope: Scope): Value {
  switch (expr.kind) {
    case 'literal':
      return expr.value;
    case 'name': {
      if (expr.name === '$env') return scope.names;
      const value = scope.names.get(expr.name);
      return value === undefined ? fail(`there is no ${expr.name}`) : value;
    }
    case 'unary':
      return unary(expr.operator, evaluate(expr.of, scope));
    case 'binary':
      return binary(expr, scope);
    case 'member': {
      const of = evaluate(expr.of, scope);
      return of === null && expr.optional ? null : member(of, evaluate(expr.property, scope));
    }
    case 'slice':
      return slice(expr, scope);
    case 'call': {
      const callee = evaluate(expr.callee, scope);
      return isCallable(callee) ? callee.call(expr.args.map((arg) => evaluate(arg, scope))) : fail('no function');
    }
    case 'builtin':
      return builtin(expr.name, expr.args, scope);
    case 'pointer':
      return pointer(expr.name, scope);
    case 'let':
      return evaluate(expr.body, { ...scope, names: new Map(scope.names).set(expr.name, evaluate(expr.value, scope)) });
    case 'conditional':
      return evaluate(asBoolean(evaluate(expr.test, scope)) ? expr.yes : expr.no, scope);
    case 'array':
      return expr.items.map((item) => evaluate(item, scope));
    case 'map':
      return new Map(expr.pairs.map(([key, value]) => [String(evaluate(key, scope)), evaluate(value, scope)] as const));
    case 'closure':
      throw new Unsupported('a closure alone');
  }
}

function unary(operator: string, value: Value): Value {
  if (operator === '-') return -asNumber(value);
  return operator === '+' ? asNumber(value) : !asBoolean(value);
}

function binary({ operator, left, right }: Extract<Expr, { kind: 'binary' }>, scope: Scope): Value {
  const a = evaluate(left, scope);
  switch (operator) {
    case '&&':
    case 'and':
      return asBoolean(a) && asBoolean(evaluate(right, scope));
    case '||':
    case 'or':
      return asBoolean(a) || asBoolean(evaluate(right, scope));
    case '??':
      return a === null ? evaluate(right, scope) : a;
  }
  const b = evaluate(right, scope);
  switch (operator) {
    case '==':
      return isEqual(a, b);
    case '!=':
      return !isEqual(a, b);
    case 'in':
      if (isMap(b)) return typeof a === 'string' && b.has(a);
      return asList(b).some((item) => isEqual(a, item));
    case '..':
      return range(asNumber(a), asNumber(b));
    case '+':
      if (typeof a === 'string' && typeof b === 'string') return a + b;
  }
  if (typeof a === 'string' && typeof b === 'string') return ofTexts(operator, a, b);
  return ofNumbers(operator, asNumber(a), asNumber(b));
}

function ofNumbers(operator: string, a: number, b: number): Value {
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '**':
    case '^':
      return a ** b;
  }
  return fail(`${operator} of numbers`);
}

function ofTexts(operator: string, a: string, b: string): Value {
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case 'contains':
      return a.includes(b);
    case 'startsWith':
      return a.startsWith(b);
    case 'endsWith':
      return a.endsWith(b);
    case 'matches':
      throw new Unsupported('patterns of Go');
  }
  return fail(`${operator} of texts`);
}

const LONGEST = 10_000;

function range(from: number, to: number): Value {
  if (to - from > LONGEST) throw new Unsupported('a long range');
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

function member(of: Value, property: Value): Value {
  if (isList(of)) {
    const index = asNumber(property);
    const value = of[index < 0 ? of.length + index : index];
    return value === undefined ? fail('there is no such item') : value;
  }
  if (isMap(of)) return of.get(String(property)) ?? null;
  return fail('this has no members');
}

function slice({ of, from, to }: Extract<Expr, { kind: 'slice' }>, scope: Scope): Value {
  const list = evaluate(of, scope);
  const bound = (expr: Expr | undefined) => (expr === undefined ? undefined : asNumber(evaluate(expr, scope)));
  if (typeof list === 'string') return list.slice(bound(from) ?? 0, bound(to));
  return asList(list).slice(bound(from) ?? 0, bound(to));
}

function pointer(name: string, { item, acc }: Scope): Value {
  if (name === 'acc' && acc !== undefined) return acc;
  if (name !== '' || item === undefined) throw new Unsupported(`#${name}`);
  return item;
}

/** Stands for an item where there is none. */
const ANY_NUMBER = 0.5;

function builtin(name: string, args: readonly Expr[], scope: Scope): Value {
  const [subject, closure] = args;
  if (subject === undefined || closure?.kind !== 'closure') {
    return callFunction(
      name,
      args.map((arg) => evaluate(arg, scope)),
    );
  }
  const items = asList(evaluate(subject, scope));
  const of = (item: Value): Value => evaluate(closure.body, { ...scope, item });
  const holds = (item: Value): boolean => asBoolean(of(item));
  // The compiler of Go looks into the closure even where no item will.
  if (items.length === 0 && name !== 'map') holds(ANY_NUMBER);
  switch (name) {
    case 'all':
      return items.every(holds);
    case 'any':
      return items.some(holds);
    case 'none':
      return !items.some(holds);
    case 'one':
      return items.filter(holds).length === 1;
    case 'filter':
      return items.filter(holds);
    case 'map':
      return items.map(of);
    case 'count':
      return items.filter(holds).length;
    case 'find':
      return items.find(holds) ?? null;
    case 'findLast':
      return items.filter(holds).at(-1) ?? null;
  }
  throw new Unsupported(name);
}
