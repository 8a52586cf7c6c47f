import type { Path } from '../../diagnostic/path';
import { canonicalText } from '../compare/compare';
import { isRecord } from '../compare/list-keys';
import type { Comparison, Filter, FunctionName } from './model';

/** What a filter gives: a value, and its place; a value that was worked out has none. */
interface Given {
  readonly value: unknown;
  readonly path: Path | undefined;
}

/** An error of jq, which `?` catches. */
class JqError extends Error {}
/** More steps than a rule may take; Argo CD gives it one second (util/argo/normalizers/diff_normalizer.go). */
class TooLong extends Error {}

const MOST_STEPS = 20_000;

/**
 * The places that `del(<filter>)` takes out of a value. As in Argo CD 3.5.1 (util/argo/normalizers/diff_normalizer.go: Normalize), a
 * filter that ends in an error takes out nothing: `.a[]` where there is no `a`, a field of a text, a place that is none.
 */
export function placesOf(filter: Filter, root: unknown): readonly Path[] {
  try {
    const places: Path[] = [];
    for (const { path } of new Run().follow(filter, { value: root, path: [] })) {
      if (path === undefined) return [];
      places.push(path);
    }
    return places;
  } catch (error) {
    if (error instanceof JqError || error instanceof TooLong) return [];
    throw error;
  }
}

class Run {
  #steps = 0;

  *follow(filter: Filter, at: Given): Generator<Given> {
    this.#steps += 1;
    if (this.#steps > MOST_STEPS) throw new TooLong();
    switch (filter.kind) {
      case 'identity':
        yield at;
        return;
      case 'literal':
        yield computed(filter.value);
        return;
      case 'key':
        for (const one of this.follow(filter.of, at)) yield keyOf(one, filter.key);
        return;
      case 'each':
        for (const one of this.follow(filter.of, at)) yield* itemsOf(one);
        return;
      case 'descend':
        yield* this.#descend(at);
        return;
      case 'collect':
        yield computed(filter.of === undefined ? [] : [...this.follow(filter.of, at)].map(({ value }) => value));
        return;
      case 'try':
        try {
          yield* this.follow(filter.of, at);
        } catch (error) {
          if (!(error instanceof JqError)) throw error;
        }
        return;
      case 'pipe':
        for (const one of this.follow(filter.left, at)) yield* this.follow(filter.right, one);
        return;
      case 'comma':
        yield* this.follow(filter.left, at);
        yield* this.follow(filter.right, at);
        return;
      case 'alternative':
        yield* this.#alternative(filter.left, filter.right, at);
        return;
      case 'and':
      case 'or':
        for (const left of this.follow(filter.left, at)) {
          if (isTrue(left) === (filter.kind === 'or')) yield computed(filter.kind === 'or');
          else for (const right of this.follow(filter.right, at)) yield computed(isTrue(right));
        }
        return;
      case 'compare':
        for (const right of this.follow(filter.right, at)) {
          for (const left of this.follow(filter.left, at))
            yield computed(compares(filter.operator, left.value, right.value));
        }
        return;
      case 'call':
        yield* this.#call(filter.name, filter.argument ?? { kind: 'identity' }, at);
    }
  }

  *#descend(at: Given): Generator<Given> {
    yield at;
    if (Array.isArray(at.value) || isRecord(at.value)) {
      for (const item of itemsOf(at)) {
        this.#steps += 1;
        if (this.#steps > MOST_STEPS) throw new TooLong();
        yield* this.#descend(item);
      }
    }
  }

  /** What of the left is neither false nor null, else the right; an error of the left counts as nothing. */
  *#alternative(left: Filter, right: Filter, at: Given): Generator<Given> {
    let found = false;
    for (const one of this.follow({ kind: 'try', of: left }, at)) {
      if (!isTrue(one)) continue;
      found = true;
      yield one;
    }
    if (!found) yield* this.follow(right, at);
  }

  *#call(name: FunctionName, argument: Filter, at: Given): Generator<Given> {
    switch (name) {
      case 'select':
        for (const one of this.follow(argument, at)) if (isTrue(one)) yield at;
        return;
      case 'first':
        for (const one of this.follow(argument, at)) {
          yield one;
          return;
        }
        return;
      case 'empty':
        return;
      case 'recurse':
        yield* this.#descend(at);
        return;
      case 'any':
      case 'all': {
        const results = [...itemsOf(at)].flatMap((item) => [...this.follow(argument, item)].map(isTrue));
        yield computed(name === 'any' ? results.some(Boolean) : results.every(Boolean));
        return;
      }
      case 'IN': {
        const wanted = [...this.follow(argument, at)].map(({ value }) => canonicalText(value));
        yield computed(wanted.includes(canonicalText(at.value)));
        return;
      }
      case 'not':
        yield computed(!isTrue(at));
        return;
      case 'length':
        yield computed(lengthOf(at.value));
        return;
      case 'type':
        yield computed(typeOf(at.value));
        return;
      case 'has':
      case 'test':
      case 'startswith':
      case 'endswith':
      case 'contains':
        for (const { value } of this.follow(argument, at)) yield computed(TESTS[name](at.value, value));
    }
  }
}

const computed = (value: unknown): Given => ({ value, path: undefined });

const isTrue = ({ value }: Given): boolean => value !== false && value !== null && value !== undefined;

const below = (path: Path | undefined, segment: string | number): Path | undefined =>
  path === undefined ? undefined : [...path, segment];

function keyOf({ value, path }: Given, key: string | number): Given {
  if (value === null || value === undefined) return { value: null, path: below(path, key) };
  if (typeof key === 'number') {
    if (!Array.isArray(value)) throw new JqError('an index of what is no list');
    const index = key < 0 ? value.length + key : key;
    return { value: value[index] ?? null, path: below(path, index) };
  }
  if (!isRecord(value)) throw new JqError('a field of what has none');
  return { value: Object.hasOwn(value, key) ? (value[key] ?? null) : null, path: below(path, key) };
}

function* itemsOf({ value, path }: Given): Generator<Given> {
  if (Array.isArray(value)) for (const [i, item] of value.entries()) yield { value: item, path: below(path, i) };
  else if (isRecord(value))
    for (const key of Object.keys(value).sort()) yield { value: value[key], path: below(path, key) };
  else throw new JqError('items of what has none');
}

const TYPES = ['null', 'boolean', 'number', 'string', 'array', 'object'] as const;

function typeOf(value: unknown): (typeof TYPES)[number] {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'boolean' || type === 'number' || type === 'string' ? type : 'object';
}

function lengthOf(value: unknown): number {
  if (value === null || value === undefined) return 0;
  if (typeof value === 'string') return [...value].length;
  if (typeof value === 'number') return Math.abs(value);
  if (Array.isArray(value)) return value.length;
  if (isRecord(value)) return Object.keys(value).length;
  throw new JqError('a length of what has none');
}

/** Values of two types are in the order of the types. */
function compares(operator: Comparison, left: unknown, right: unknown): boolean {
  const equal = canonicalText(left ?? null) === canonicalText(right ?? null);
  const isLess = (a: unknown, b: unknown): boolean => {
    const [first, second] = [TYPES.indexOf(typeOf(a)), TYPES.indexOf(typeOf(b))];
    if (first !== second) return first < second;
    if (typeof a === 'number' && typeof b === 'number') return a < b;
    if (typeof a === 'boolean' && typeof b === 'boolean') return !a && b;
    if (typeof a === 'string' && typeof b === 'string') return a < b;
    return false;
  };
  switch (operator) {
    case '==':
      return equal;
    case '!=':
      return !equal;
    case '<':
      return isLess(left, right);
    case '<=':
      return equal || isLess(left, right);
    case '>':
      return isLess(right, left);
    case '>=':
      return equal || isLess(right, left);
  }
}

type Test = (value: unknown, wanted: unknown) => boolean;

const ofTexts =
  (test: (text: string, wanted: string) => boolean): Test =>
  (value, wanted) => {
    if (typeof value !== 'string' || typeof wanted !== 'string') throw new JqError('a text is asked of what is none');
    return test(value, wanted);
  };

const TESTS: Readonly<Record<'has' | 'test' | 'startswith' | 'endswith' | 'contains', Test>> = {
  has: (value, key) => {
    if (Array.isArray(value) && typeof key === 'number') return key >= 0 && key < value.length;
    if (isRecord(value) && typeof key === 'string') return Object.hasOwn(value, key);
    throw new JqError('keys of what has none');
  },
  test: ofTexts((text, pattern) => new RegExp(pattern, 'u').test(text)),
  startswith: ofTexts((text, start) => text.startsWith(start)),
  endswith: ofTexts((text, end) => text.endsWith(end)),
  contains: (value, part) => {
    if (typeOf(value) !== typeOf(part)) throw new JqError('two types are compared');
    return holds(value, part);
  },
};

/** As `contains` of jq: texts by their parts, lists and objects by what they hold, everything else as a whole. */
function holds(value: unknown, part: unknown): boolean {
  if (typeof value === 'string' && typeof part === 'string') return value.includes(part);
  if (Array.isArray(value) && Array.isArray(part)) return part.every((one) => value.some((item) => holds(item, one)));
  if (isRecord(value) && isRecord(part))
    return Object.entries(part).every(([key, one]) => Object.hasOwn(value, key) && holds(value[key], one));
  return canonicalText(value ?? null) === canonicalText(part ?? null);
}
