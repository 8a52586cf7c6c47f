/**
 * Markdown out of names and values of the catalog. Nothing that stands in a catalog can end what it is put into: a code span, a cell of
 * a table, a block of code, a word of a command.
 */

/** What nearly all values are: printable, and without a backtick. */
const PLAIN_CODE = /^[\x20-\x5f\x61-\x7e]+$/;

/** A value as code, with more backticks around it than it has itself. */
export function code(value: string): string {
  if (PLAIN_CODE.test(value)) return `\`${value}\``;
  const text = oneLine(value);
  const fence = '`'.repeat(longestRun(text) + 1);
  return fence.length === 1 ? `\`${text}\`` : `${fence} ${text} ${fence}`;
}

/** A row of a table; a bar would begin the next cell even within code. */
export const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => (cell.includes('|') ? cell.replaceAll('|', '\\|') : cell)).join(' | ')} |`;

export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(heads), `|${'---|'.repeat(heads.length)}`, ...rows.map(row)].join('\n');

/** A block of code that only its own fence ends. */
export function block(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

export const shell = (...commands: readonly (readonly string[])[]): string =>
  block('sh', commands.map((words) => words.map(word).join(' ')).join('\n'));

/** What a POSIX shell takes as one word without quotes. */
const PLAIN_WORD = /^[A-Za-z0-9_./:=@%+-]+$/;

const word = (text: string): string => (PLAIN_WORD.test(text) ? text : `'${oneLine(text).replaceAll("'", "'\\''")}'`);

const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));

/** Controls and what ends a line become a space. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
