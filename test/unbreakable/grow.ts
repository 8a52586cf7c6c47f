import { valueAt } from '../../lib/diagnostic/path';
import type { Random } from '../tools/mutate';
import { type CatalogSchema, type Node, placesOf, typesOf } from './schema';

/** Texts that stand somewhere in good catalogs: what fits a field is most often found among those of its name. */
export type Vocabulary = ReadonlyMap<string, readonly string[]>;

/** The texts of catalogs by the names of their fields; a list's items go by the name of the list. */
export function vocabularyOf(catalogs: readonly unknown[]): Vocabulary {
  const words = new Map<string, string[]>();
  const add = (name: string, text: string) => words.set(name, [...(words.get(name) ?? []), text]);
  for (const catalog of catalogs) {
    for (const path of placesOf(catalog)) {
      const value = valueAt(catalog, path);
      const names = path.filter((segment) => typeof segment === 'string');
      if (typeof value === 'string') add(names.at(-1) ?? '', value);
      for (const name of names.slice(-1)) add('', name);
    }
  }
  return words;
}

/** Makes values that the schema lets through, most of them. */
export class Grower {
  readonly #schema: CatalogSchema;
  readonly #words: Vocabulary;

  constructor(schema: CatalogSchema, words: Vocabulary) {
    this.#schema = schema;
    this.#words = words;
  }

  /** Gives one object of the catalog, which is changed, a field more or another value; says what. */
  grow(catalog: unknown, random: Random): string {
    const places = placesOf(catalog).filter((path) => isObject(valueAt(catalog, path)));
    const path = random.pick(places);
    const target = valueAt(catalog, path);
    const node = this.#schema.at(path);
    if (!isObject(target) || node === undefined) return 'nothing grown';
    const [name, field] = this.#field(node, random);
    if (field === undefined) return 'nothing grown';
    define(target, name, this.value(name, field, random, 0));
    return `${name} grown at ${JSON.stringify(path)}`;
  }

  #field(node: Node, random: Random): readonly [string, Node | undefined] {
    const names = Object.keys(node.properties ?? {});
    if (names.length > 0) {
      const name = random.pick(names);
      return [name, node.properties?.[name]];
    }
    return [this.#word('', random), node.additionalProperties || undefined];
  }

  value(name: string, given: Node, random: Random, depth: number): unknown {
    const node = this.#schema.resolved(given);
    const type = random.pick(typesOf(node).length > 0 ? typesOf(node) : ['string']);
    if (node.enum !== undefined) return random.pick(node.enum);
    if (type === 'integer' || type === 'number') return numberFor(node, type === 'integer', random);
    if (type === 'boolean') return random.next() < 0.5;
    if (type === 'null') return null;
    if (type === 'string') return this.#word(name, random);
    if (type === 'array') {
      const length = random.pick([0, 1, 1, 2, 3]);
      return Array.from({ length }, () => this.value(name, node.items ?? {}, random, depth + 1));
    }
    return this.#object(node, random, depth);
  }

  #object(node: Node, random: Random, depth: number): object {
    const grown = {};
    const names = Object.keys(node.properties ?? {});
    const count = depth > 4 ? 0 : random.below(1 + Math.min(8, Math.max(3, names.length)));
    for (let i = 0; i < count; i += 1) {
      const [name, field] = this.#field(node, random);
      if (field !== undefined) define(grown, name, this.value(name, field, random, depth + 1));
    }
    return grown;
  }

  #word(name: string, random: Random): string {
    const words = this.#words.get(name) ?? [];
    return words.length > 0 && random.next() < 0.95
      ? random.pick(words)
      : random.pick([...this.#words.values()].map((some) => some[0] ?? ''));
  }
}

/** At the bounds, next to them, between them. */
function numberFor({ minimum = 0, maximum = 1e9 }: Node, whole: boolean, random: Random): number {
  const between = minimum + random.next() * Math.min(maximum - minimum, 200);
  const picked = random.pick([minimum, maximum, minimum + 1, between, between, between]);
  return whole ? Math.floor(picked) : Number(picked.toPrecision(3));
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function define(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}
