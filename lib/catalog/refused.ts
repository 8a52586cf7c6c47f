import type { Path } from '../diagnostic/path';

/**
 * Whether the schema refused what stands at a path, something on the way to it or something below it. What is there now is
 * not what was written, so that a fault in it would only repeat the first one.
 */
export function isRefused(refused: readonly Path[], path: Path): boolean {
  return refused.some((place) => place.every((segment, i) => i >= path.length || path[i] === segment));
}

/** The keys of a map together with those whose values the schema refused: names that people gave, whatever they mean. */
export function keysOf(map: object | undefined, at: Path, refused: readonly Path[]): readonly string[] {
  const taken = refused.filter(
    (place) => place.length === at.length + 1 && at.every((segment, i) => place[i] === segment),
  );
  return [...new Set([...Object.keys(map ?? {}), ...taken.map((place) => String(place.at(-1)))])];
}
