import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Path, valueAt } from '../../lib/diagnostic/path';

/** A node of the catalog's published schema, as far as a walk needs it. */
export interface Node {
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly enum?: readonly string[];
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | false;
  readonly items?: Node;
}

/** The catalog's schema below the root of the repository. */
export class CatalogSchema {
  readonly root: Node;
  readonly #service: Node;

  constructor(repository: string) {
    const schema: Node & { readonly $defs: { readonly service: Node } } = JSON.parse(
      readFileSync(join(repository, 'lib/catalog/services.schema.json'), 'utf8'),
    );
    this.root = schema;
    this.#service = schema.$defs.service;
  }

  /** The node itself, or what it refers to. */
  resolved(node: Node): Node {
    return node.$ref === undefined ? node : this.#service;
  }

  /** The node that speaks of a place of a catalog; undefined where the schema knows none. */
  at(path: Path): Node | undefined {
    let node: Node | undefined = this.root;
    for (const segment of path) {
      const here: Node | undefined = node && this.resolved(node);
      if (here === undefined) return undefined;
      node = typeof segment === 'number' ? here.items : memberOf(here, segment);
    }
    return node && this.resolved(node);
  }
}

function memberOf(node: Node, name: string): Node | undefined {
  const properties = node.properties ?? {};
  if (Object.hasOwn(properties, name)) return properties[name];
  return node.additionalProperties || undefined;
}

export const typesOf = ({ type }: Node): readonly string[] => (typeof type === 'string' ? [type] : (type ?? []));

/** Every place of a JSON value that holds something, its root first. */
export function placesOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const keys: readonly (string | number)[] = Array.isArray(value) ? value.map((_, i) => i) : Object.keys(value);
  return [path, ...keys.flatMap((key) => placesOf(valueAt(value, [key]), [...path, key]))];
}
