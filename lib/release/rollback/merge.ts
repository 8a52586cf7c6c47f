import type { Path } from '../../diagnostic/path';

/** A change of the catalog: what is to stand at a path; undefined takes it away. */
export interface Edit {
  readonly path: Path;
  readonly before: unknown;
  readonly after: unknown;
}

/** A place that somebody edited after the release, in another way than the old version has it. */
export interface Conflict {
  readonly path: Path;
  readonly released: unknown;
  readonly now: unknown;
  readonly old: unknown;
}

export interface Merged {
  readonly edits: readonly Edit[];
  /** Places that were edited after the release, and that the old version has as the release had them: they stay. */
  readonly kept: readonly Path[];
  readonly conflicts: readonly Conflict[];
}

/**
 * What takes a value back from how it was released to how it was before, without what was edited in it since: a three-way merge
 * of JSON, in which a list is one value. Absent is undefined.
 */
export function mergeBack(released: unknown, now: unknown, old: unknown, path: Path = []): Merged {
  if (same(now, old)) return NOTHING;
  if (isObject(now) && isObject(old)) {
    const keys = [...new Set([...Object.keys(now), ...Object.keys(old)])];
    const parts = keys.map((key) =>
      mergeBack(memberOf(released, key), memberOf(now, key), memberOf(old, key), [...path, key]),
    );
    return {
      edits: parts.flatMap(({ edits }) => edits),
      kept: parts.flatMap(({ kept }) => kept),
      conflicts: parts.flatMap(({ conflicts }) => conflicts),
    };
  }
  if (same(released, now)) return { ...NOTHING, edits: [{ path, before: now, after: old }] };
  if (same(released, old)) return { ...NOTHING, kept: [path] };
  return { ...NOTHING, conflicts: [{ path, released, now, old }] };
}

const NOTHING: Merged = { edits: [], kept: [], conflicts: [] };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const memberOf = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/** Whether two JSON values are the same; the order of keys does not count. */
export function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, i) => same(one, b[i]));
  if (!isObject(a) || !isObject(b)) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key], memberOf(b, key)))
  );
}

/** Whether everything that one value says stands in another, which may say more, as an API server adds its defaults. */
export function isPart(part: unknown, whole: unknown): boolean {
  if (Array.isArray(part))
    return Array.isArray(whole) && part.length === whole.length && part.every((one, i) => isPart(one, whole[i]));
  if (!isObject(part)) return part === whole;
  return isObject(whole) && Object.keys(part).every((key) => isPart(part[key], memberOf(whole, key)));
}
