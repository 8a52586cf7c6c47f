/** A value of JSON, as manifests are made of. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What differs from service to service, by name; what a peer's values file lists. */
export type Values = Readonly<Record<string, string | number>>;

/** Objects in which what differs between services is left open: from it each peer's template is written. */
export type Pattern =
  | { readonly kind: 'constant'; readonly value: Json }
  /** A text with values in it. */
  | { readonly kind: 'text'; readonly parts: readonly TextPart[] }
  /** A whole value of the values file, of its own type. */
  | { readonly kind: 'value'; readonly name: string; readonly type: 'string' | 'number' }
  | { readonly kind: 'list'; readonly items: readonly Pattern[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string, Pattern])[] };

export type TextPart = string | { readonly name: string };

/** A service as rendered, with what is known of it beforehand. */
export interface Sample {
  readonly given: Values;
  readonly rendered: Json;
}

export interface Generalised {
  readonly pattern: Pattern;
  /** The values that the given ones do not explain, such as hashes: of each sample. */
  readonly derived: readonly { readonly name: string; readonly values: readonly (string | number)[] }[];
}

/**
 * The pattern that all samples are instances of. A text that differs is given by the samples' values in it; where those do not
 * explain it, or a number differs, it becomes a derived value. Lists and maps must have the same form in all samples.
 */
export function generalise(samples: readonly Sample[]): Generalised {
  const derived = new Map<string, { readonly name: string; readonly values: readonly (string | number)[] }>();
  const visit = (values: readonly Json[], path: readonly (string | number)[]): Pattern => {
    const [first] = values;
    if (first === undefined) throw new Error('a pattern takes a sample');
    if (values.every((value) => JSON.stringify(value) === JSON.stringify(first)))
      return { kind: 'constant', value: first };
    if (isList(first)) {
      const lists = values.filter(isList).filter((list) => list.length === first.length);
      if (lists.length < values.length) throw new Error(`lists of different lengths at ${path.join('.')}`);
      return { kind: 'list', items: first.map((_, i) => visit(at(lists, i), [...path, i])) };
    }
    if (isMap(first)) {
      const keys = Object.keys(first);
      const maps = values.filter(isMap).filter((map) => Object.keys(map).join('\n') === keys.join('\n'));
      if (maps.length < values.length) throw new Error(`maps of different keys at ${path.join('.')}`);
      return { kind: 'map', entries: keys.map((key) => [key, visit(at(maps, key), [...path, key])]) };
    }
    const found = explained(values, samples);
    if (found !== undefined) return found;
    const scalars = values.filter((value) => typeof value === 'string' || typeof value === 'number');
    if (scalars.length < values.length) throw new Error(`values of different types at ${path.join('.')}`);
    const id = JSON.stringify(values);
    const known = derived.get(id) ?? { name: `derived${derived.size}`, values: scalars };
    derived.set(id, known);
    return { kind: 'value', name: known.name, type: typeof first === 'number' ? 'number' : 'string' };
  };
  const pattern = visit(
    samples.map(({ rendered }) => rendered),
    [],
  );
  return { pattern, derived: [...derived.values()] };
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isMap = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function at(
  values: readonly (readonly Json[] | { readonly [key: string]: Json })[],
  key: string | number,
): readonly Json[] {
  return values.map((value) => {
    const item: Json | undefined = Reflect.get(value, key);
    if (item === undefined) throw new Error(`nothing at ${key}`);
    return item;
  });
}

/** The one pattern by which the given values explain a scalar in every sample. */
function explained(values: readonly Json[], samples: readonly Sample[]): Pattern | undefined {
  const patterns = values.map((value, i) => explain(value, samples[i]?.given ?? {}));
  const [first] = patterns;
  return patterns.every((pattern) => JSON.stringify(pattern) === JSON.stringify(first)) ? first : undefined;
}

function explain(value: Json, given: Values): Pattern | undefined {
  if (typeof value === 'number') {
    const name = Object.keys(given).find((key) => given[key] === value);
    return name === undefined ? undefined : { kind: 'value', name, type: 'number' };
  }
  if (typeof value !== 'string') return undefined;
  const parts = split(value, given);
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'object') return { kind: 'value', name: only.name, type: 'string' };
  return parts.length === 1 ? undefined : { kind: 'text', parts };
}

/** A text cut at the given texts, the longest first. */
function split(text: string, given: Values): readonly TextPart[] {
  const texts = Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  texts.sort(([, a], [, b]) => b.length - a.length);
  let parts: readonly TextPart[] = [text];
  for (const [name, value] of texts) {
    parts = parts.flatMap((part) =>
      typeof part === 'string'
        ? part.split(value).flatMap((piece, i) => (i === 0 ? [piece] : [{ name }, piece]))
        : [part],
    );
  }
  return parts.filter((part) => part !== '');
}

/** A pattern as an expression of a language whose literals are JSON's: JavaScript and Jsonnet. */
export function toExpression(pattern: Pattern, variable: string): string {
  switch (pattern.kind) {
    case 'constant':
      return JSON.stringify(pattern.value);
    case 'value':
      return `${variable}.${pattern.name}`;
    case 'text':
      return pattern.parts
        .map((part) => (typeof part === 'string' ? JSON.stringify(part) : `${variable}.${part.name}`))
        .join(' + ');
    case 'list':
      return `[${pattern.items.map((item) => toExpression(item, variable)).join(', ')}]`;
    case 'map':
      return `{${pattern.entries.map(([key, item]) => `${JSON.stringify(key)}: ${toExpression(item, variable)}`).join(', ')}}`;
  }
}
