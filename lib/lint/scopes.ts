import { identityOf } from '../manifest/object';
import type { GivenObject } from './objects';

/**
 * Splits what was given into what is released together. Everything is, unless two folders hold an object of the same name:
 * then each is an environment of its own, and what stands above them belongs to each.
 */
export function scopesOf(objects: readonly GivenObject[]): readonly (readonly GivenObject[])[] {
  return split(objects, 0);
}

function split(objects: readonly GivenObject[], depth: number): readonly (readonly GivenObject[])[] {
  const shared: GivenObject[] = [];
  const folders = new Map<string, GivenObject[]>();
  for (const given of objects) {
    const segments = given.file.split('/');
    const folder = depth < segments.length - 1 ? segments[depth] : undefined;
    const inside = folder === undefined ? shared : folders.get(folder);
    if (inside !== undefined) inside.push(given);
    else if (folder !== undefined) folders.set(folder, [given]);
  }
  const parts = [...folders.values()].map((inside) => split(inside, depth + 1));
  if (repeats([...folders.values()])) return parts.flat().map((part) => [...shared, ...part]);
  const whole = [...shared, ...parts.filter((part) => part.length === 1).flat(2)];
  const several = parts.filter((part) => part.length > 1).flat();
  return several.length === 0 ? [whole] : several.map((part) => [...whole, ...part]);
}

/** Whether two of the folders hold the same object. */
function repeats(folders: readonly (readonly GivenObject[])[]): boolean {
  const seen = new Map<string, number>();
  for (const [i, folder] of folders.entries()) {
    for (const { object } of folder) {
      const identity = identityOf(object);
      const first = seen.get(identity);
      if (first !== undefined && first !== i) return true;
      seen.set(identity, i);
    }
  }
  return false;
}
