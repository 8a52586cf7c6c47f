import { canonical, isObject, type JsonObject } from './json';
import { mapChildren } from './schema-tree';

/** Below this many characters a schema is written where it stands, even when it stands there often. */
const SMALLEST_REPEATED = 120;
/** An object of more characters gets a name of its own: a line of its own in the file, a function of its own when compiled. */
const LARGEST_INLINE = 400;

export interface Shared {
  readonly schema: JsonObject;
  readonly definitions: ReadonlyMap<string, JsonObject>;
}

/**
 * Moves what repeats, and what is large, out of a schema into named definitions. A custom definition spells out the whole pod
 * template at every use, so this is what keeps the files and the compiled validators small; and V8 compiles a named
 * definition's function only when an object reaches it.
 */
export function share(root: JsonObject, rootName: string): Shared {
  const counts = countSubtrees(root);
  const names = new Map<string, string>();
  const definitions = new Map<string, JsonObject>();
  const visit = (schema: JsonObject, path: readonly string[], isRoot: boolean): JsonObject => {
    const inner = mapChildren(schema, (child, keyword, name) =>
      CONDITIONS.has(keyword) ? child : visit(child, [...path, name ?? SUFFIX[keyword] ?? keyword], false),
    );
    const text = JSON.stringify(canonical(inner));
    const repeats = (counts.get(JSON.stringify(canonical(schema))) ?? 0) > 1 && text.length >= SMALLEST_REPEATED;
    const large = isObject(schema.properties) && text.length > LARGEST_INLINE;
    if (isRoot || !(repeats || large)) return inner;
    const name = names.get(text) ?? freeName(path, definitions);
    names.set(text, name);
    definitions.set(name, inner);
    return { $ref: `#/$defs/${name}` };
  };
  const schema = visit(root, [rootName], true);
  return { schema, definitions };
}

const CONDITIONS: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'not']);
const SUFFIX: Readonly<Record<string, string>> = { items: 'Item', additionalProperties: 'Value' };

function countSubtrees(root: JsonObject): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const visit = (schema: JsonObject): null => {
    const text = JSON.stringify(canonical(schema));
    counts.set(text, (counts.get(text) ?? 0) + 1);
    mapChildren(schema, (child, keyword) => (CONDITIONS.has(keyword) ? null : visit(child)));
    return null;
  };
  visit(root);
  return counts;
}

/** The shortest end of the path that is not taken: `Containers`, then `SpecContainers`, … It depends on nothing but the schema. */
function freeName(path: readonly string[], taken: ReadonlyMap<string, unknown>): string {
  const parts = path.map((part) => part.charAt(0).toUpperCase() + part.slice(1));
  const first = Math.max(
    0,
    parts.findLastIndex((part) => part !== 'Item' && part !== 'Value'),
  );
  for (let from = first; from >= 0; from -= 1) {
    const name = parts.slice(from).join('');
    if (!taken.has(name)) return name;
  }
  throw new Error(`no free name for ${path.join('.')}`);
}
