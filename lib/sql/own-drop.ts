import type { Judged } from './rule';

/** Whether all that is dropped was made by the same file, or is nobody's. */
export function ownDrop(one: Judged, names: readonly string[], table: string | undefined): boolean {
  if (table !== undefined) return one.fresh(table);
  return names.every((name) => one.fresh(name) || one.progress.names(name));
}
