import { escaped } from '../../picture/svg';
import type { Table } from './table';

/** A table of a page; what stands first in a row is its head, which may be made a link. */
export function htmlTable(
  { head, rows, words }: Table,
  caption: string,
  first: (row: number, cell: string) => string = (_, cell) => cell,
): string {
  const kind = (column: number): string => (words.includes(column) ? '' : ' class="number"');
  const headCells = head.map((cell, column) => `<th scope="col"${kind(column)}>${escaped(cell)}</th>`).join('');
  const body = rows
    .map((cells, row) => {
      const shown = cells.map((cell, column) =>
        column === 0
          ? `<th scope="row"${kind(column)}>${first(row, escaped(cell))}</th>`
          : `<td${kind(column)}>${escaped(cell)}</td>`,
      );
      return `<tr>${shown.join('')}</tr>`;
    })
    .join('\n');
  return `<div class="table"><table><caption>${escaped(caption)}</caption><thead><tr>${headCells}</tr></thead><tbody>${body}</tbody></table></div>`;
}
