import { isKey, isNumbered, isRowColumn } from './model/keys';
import type { Judged } from './rule';
import type { DataChange } from './statement';

/** What one statement may change: above it, writers wait noticeably. */
export const MOST_ROWS = 10_000;

/** Whether a change of data surely reaches few rows. */
export function isBounded({ reach, table }: DataChange, one: Pick<Judged, 'state' | 'within'>): boolean {
  switch (reach.kind) {
    case 'rows':
      return reach.count <= MOST_ROWS;
    case 'limited':
      if (!isRowColumn(reach.column) && !isUnique(table, reach.column ?? '', one)) return false;
      return reach.rows === undefined ? one.within !== undefined : reach.rows <= MOST_ROWS;
    case 'range':
      if (reach.width === undefined) return one.within !== undefined;
      return reach.width <= 5 * MOST_ROWS && (isNumbered(reach.column) || isUnique(table, reach.column, one));
    case 'keys':
      return reach.count <= MOST_ROWS && (isKey(reach.column) || isUnique(table, reach.column, one));
    case 'filtered':
      // A row of the cursor's loop at a time.
      return one.within !== undefined && one.within.loop !== 'none' && isKey(reach.by);
    default:
      return false;
  }
}

const isUnique = (table: string, column: string, { state }: Pick<Judged, 'state'>): boolean =>
  [...state.indexes.values()].some((index) => index.table === table && index.unique && index.columns.join() === column);

const UNITS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** A timeout in milliseconds, as PostgreSQL reads it: `500`, `'5s'`. */
export function milliseconds(value: string): number {
  const found = /^\s*([\d.]+)\s*([a-z]*)\s*$/.exec(value);
  return found === null ? Number.NaN : Number(found[1]) * (UNITS[found[2] ?? ''] ?? 1);
}
