import { isDeepStrictEqual } from 'node:util';
import { readFiles } from './files';

/** The objects in a file or in all files of a folder, by what identifies them; a twin gets a name of its own. */
export function readObjects(place: string): ReadonlyMap<string, unknown> {
  const objects = new Map<string, unknown>();
  for (const object of [...readFiles(place).values()].flatMap((file) => file.objects)) {
    const id = identify(object);
    objects.set(objects.has(id) ? `${id} again (${objects.size})` : id, object);
  }
  return objects;
}

function identify(object: unknown): string {
  const of = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  const metadata = of(object, 'metadata');
  return [of(object, 'apiVersion'), of(object, 'kind'), of(metadata, 'namespace'), of(metadata, 'name')].join(' ');
}

/** What differs between the product's objects and a peer's, one line each; nothing when they are equal. */
export function differences(
  ours: ReadonlyMap<string, unknown>,
  theirs: ReadonlyMap<string, unknown>,
): readonly string[] {
  const missing = [...ours.keys()].filter((id) => !theirs.has(id)).map((id) => `is missing: ${id}`);
  const extra = [...theirs.keys()].filter((id) => !ours.has(id)).map((id) => `is too many: ${id}`);
  const other = [...ours].filter(([id, object]) => theirs.has(id) && !isDeepStrictEqual(object, theirs.get(id)));
  return [...missing, ...extra, ...other.map(([id, object]) => `differs: ${id}${whereOf(object, theirs.get(id))}`)];
}

/** The first path at which two values differ, with both. */
function whereOf(ours: unknown, theirs: unknown): string {
  if (typeof ours === 'object' && ours !== null && typeof theirs === 'object' && theirs !== null) {
    for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
      const one: unknown = Reflect.get(ours, key);
      const other: unknown = Reflect.get(theirs, key);
      if (!isDeepStrictEqual(one, other)) return `.${key}${whereOf(one, other)}`;
    }
  }
  return `: ${JSON.stringify(ours)} is ${JSON.stringify(theirs)}`;
}
