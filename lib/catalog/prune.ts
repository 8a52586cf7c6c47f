import type { Path } from '../diagnostic/path';

/**
 * A copy of a JSON value without what stands at the given paths, so that the rules that follow the schema can go on
 * with the rest and no fault hides another. A path to the root leaves an empty object. The value is not changed.
 */
export function without(value: unknown, paths: readonly Path[]): unknown {
  if (paths.length === 0) return value;
  if (paths.some((path) => path.length === 0)) return {};
  if (typeof value !== 'object' || value === null) return value;
  const below = new Map<string, Path[]>();
  for (const [head, ...rest] of paths) {
    const key = String(head);
    const known = below.get(key);
    if (known === undefined) below.set(key, [rest]);
    else known.push(rest);
  }
  if (Array.isArray(value)) return value.map((item, i) => without(item, below.get(String(i)) ?? []));
  const kept: (readonly [string, unknown])[] = [];
  for (const [key, member] of Object.entries(value)) {
    const inner = below.get(key) ?? [];
    if (!inner.some((path) => path.length === 0 || isScalarItem(member, path)))
      kept.push([key, without(member, inner)]);
  }
  return Object.fromEntries(kept);
}

/** A refused text or number in a list takes the list with it: the items behind it must keep their places. */
function isScalarItem(member: unknown, path: Path): boolean {
  return Array.isArray(member) && path.length === 1 && typeof member[Number(path[0])] !== 'object';
}
