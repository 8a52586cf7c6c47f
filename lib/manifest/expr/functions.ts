import { asList, asNumber, type Callable, fail, isList, isMap, Unsupported, type Value } from './value';

type Implementation = (args: readonly Value[]) => Value;

/** The numbers of the one list that is given. */
const numbersOf = (args: readonly Value[]): readonly number[] => asList(first(args)).map(asNumber);

const first = (args: readonly Value[]): Value => {
  if (args.length !== 1) fail('one argument is needed');
  return args[0] ?? null;
};

const extreme =
  (choose: (a: number, b: number) => number): Implementation =>
  (args) => {
    const numbers = args.map(asNumber);
    return numbers.length === 0 ? fail('there is nothing to choose from') : numbers.reduce(choose);
  };

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? 0) + high) / 2;
}

function length(value: Value): number {
  if (typeof value === 'string') return [...value].length;
  if (isList(value)) return value.length;
  return isMap(value) ? value.size : fail('this has no length');
}

/** The functions of expr that conditions on numbers use; of the others nothing is known. */
const IMPLEMENTATIONS: Readonly<Record<string, Implementation>> = {
  len: (args) => length(first(args)),
  abs: (args) => Math.abs(asNumber(first(args))),
  ceil: (args) => Math.ceil(asNumber(first(args))),
  floor: (args) => Math.floor(asNumber(first(args))),
  round: (args) => Math.round(asNumber(first(args))),
  int: (args) => Math.trunc(toNumber(first(args))),
  float: (args) => toNumber(first(args)),
  max: extreme((a, b) => Math.max(a, b)),
  min: extreme((a, b) => Math.min(a, b)),
  sum: (args) => sum(numbersOf(args)),
  mean: (args) => {
    const numbers = numbersOf(args);
    return numbers.length === 0 ? 0 : sum(numbers) / numbers.length;
  },
  median: (args) => median(numbersOf(args)),
  first: (args) => asList(first(args))[0] ?? null,
  last: (args) => asList(first(args)).at(-1) ?? null,
  sort: (args) => [...asList(first(args)).map(asNumber)].sort((a, b) => a - b),
};

export function callFunction(name: string, args: readonly Value[]): Value {
  const implementation = Object.hasOwn(IMPLEMENTATIONS, name) ? IMPLEMENTATIONS[name] : undefined;
  if (implementation === undefined) throw new Unsupported(name);
  return implementation(args);
}

function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isNaN(number) ? fail('this is no number') : number;
}

/** What Argo Rollouts gives a condition (utils/evaluate/evaluate.go). An empty vector is not nil. */
export function environmentOf(result: Value): ReadonlyMap<string, Value> {
  const callable = (call: Callable['call']): Callable => ({ call });
  return new Map<string, Value>([
    ['result', result],
    ['asInt', callable((args) => Math.trunc(toNumber(first(args))))],
    ['asFloat', callable((args) => toNumber(first(args)))],
    ['isNaN', callable((args) => Number.isNaN(asNumber(first(args))))],
    ['isInf', callable((args) => Math.abs(asNumber(first(args))) === Number.POSITIVE_INFINITY)],
    ['isNil', callable((args) => first(args) !== undefined && result === null)],
    [
      'default',
      callable((args) =>
        args.length !== 2 ? fail('two arguments are needed') : result === null ? (args[1] ?? null) : result,
      ),
    ],
  ]);
}
