/** A table: its head and its rows; a column of numbers stands at the right. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Indexes of the columns of words. */
  readonly words: readonly number[];
}

/** For a terminal: columns as wide as their widest cell, two places apart. */
export function textTable({ head, rows, words }: Table): string {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        words.includes(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [head, ...rows].map((cells) => `  ${line(cells)}\n`).join('');
}

/** For a pull request. */
export function markdownTable({ head, rows, words }: Table): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  const rule = line(head.map((_, column) => (words.includes(column) ? '---' : '---:')));
  return `${line(head)}${rule}${rows.map(line).join('')}`;
}
