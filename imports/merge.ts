import type { KindSchema } from './index';

type Schemas = ReadonlyMap<string, KindSchema>;
const POINTER = '#/$defs/';

/**
 * Several self-contained schemas as the `$defs` of one, each under its own name. What two of them define alike is there once,
 * whatever it is called: all kinds share metadata, a Rollout and an AnalysisTemplate most of the pod template.
 */
export function mergeSchemas(schemas: Schemas): KindSchema {
  const merged = new Map<string, unknown>();
  const nameOfText = new Map<string, string>();
  for (const [root, schema] of schemas) {
    const { $defs, ...own } = schema;
    const definitions = isRecord($defs) ? $defs : {};
    const names = new Map<string, string>();
    const shared = (name: string): string => {
      const known = names.get(name);
      if (known !== undefined) return known;
      const unique = `${name}@${root}`;
      names.set(name, unique);
      const definition = withReferences(definitions[name], shared);
      const text = JSON.stringify(definition);
      const first = nameOfText.get(text) ?? unique;
      nameOfText.set(text, first);
      names.set(name, first);
      if (first === unique) merged.set(unique, definition);
      return first;
    };
    merged.set(root, withReferences(own, shared));
  }
  return { $defs: Object.fromEntries(merged) };
}

/** A schema with each reference's target renamed. The names hold `/`, which a JSON pointer writes `~1`. */
function withReferences(schema: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(schema)) return schema.map((item) => withReferences(item, rename));
  if (!isRecord(schema)) return schema;
  const entries = Object.entries(schema).map(([key, value]): readonly [string, unknown] => {
    const isReference = key === '$ref' && typeof value === 'string' && value.startsWith(POINTER);
    return [key, isReference ? pointerTo(rename(value.slice(POINTER.length))) : withReferences(value, rename)];
  });
  return Object.fromEntries(entries);
}

export const pointerTo = (name: string): string =>
  POINTER + encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
