import type { DataChange, ObjectName } from './statement';

/** Data that were once made from others, by which file. */
export interface Backfill {
  /** The table that they come from, and the column; undefined where whole rows went to another table. */
  readonly source: { readonly table: ObjectName; readonly column: string | undefined };
  readonly target: string;
  readonly file: string;
  /** A trigger kept both equal when it ran. */
  readonly synced: boolean;
}

/** What a change of data makes from what; `keepsEqual` says whether a trigger of a table writes a target. */
export function backfillsOf(
  { verb, table, sets, reads, from, reach }: DataChange,
  moment: string,
  keepsEqual: (table: ObjectName, target: string) => boolean,
): readonly Backfill[] {
  const file = moment.replace(/#body$/, '');
  if (verb === 'UPDATE' && from.length === 0)
    return reads.flatMap((column) =>
      sets
        .filter((target) => target !== column)
        .map((target) => ({ source: { table, column }, target, file, synced: keepsEqual(table, target) })),
    );
  if (verb === 'UPDATE' || verb === 'DELETE' || reach.kind === 'rows') return [];
  return from.map((source) => ({
    source: { table: source, column: undefined },
    target: table,
    file,
    synced: keepsEqual(source, table),
  }));
}
