import type { Path } from '../../diagnostic/path';

/** A place in a document; both count from 0. */
interface PlainPlace {
  readonly line: number;
  readonly column: number;
}

/**
 * Where a field of a plain document stands: its key, or what its item begins with; of a path that is not there, the nearest parent that is. Only for what
 * `readPlainYaml` reads: there the indentation alone tells what belongs to what.
 */
export function plainPlace(text: string, path: Path): PlainPlace {
  const lines = text.split('\n');
  let at = nextLine(lines, 0);
  let place = { line: at, column: indentOf(lines[at] ?? '') };
  let inner = place.column;
  for (const segment of path) {
    const found = typeof segment === 'number' ? itemAt(lines, at, inner, segment) : keyAt(lines, at, inner, segment);
    if (found === undefined) break;
    const [line, indent] = contentOf(lines, found, typeof segment === 'number');
    place = typeof segment === 'number' ? { line, column: indent } : found;
    at = line;
    inner = indent;
  }
  return place;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

function nextLine(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && /^\s*(?:#|$)/.test(lines[at] ?? '')) at += 1;
  return Math.min(at, lines.length - 1);
}

/** What stands in an item or behind a key: its first line, and the column at which it begins. */
function contentOf(
  lines: readonly string[],
  { line, column }: PlainPlace,
  isItem: boolean,
): readonly [line: number, indent: number] {
  if (isItem) return [line, column + 2 + indentOf((lines[line] ?? '').slice(column + 2))];
  const next = nextLine(lines, line + 1);
  return [next, indentOf(lines[next] ?? '')];
}

/** A line as it continues at a column; dashes before it belong to the lists around. */
const at = (line: string, column: number): string => (/^[ -]*$/.test(line.slice(0, column)) ? line.slice(column) : '');

function keyAt(lines: readonly string[], from: number, indent: number, key: string): PlainPlace | undefined {
  const names = [`${key}:`, `"${key}":`, `'${key}':`];
  for (let line = from; line < lines.length; line += 1) {
    const text = lines[line] ?? '';
    if (line > from && /^\s*[^\s#]/.test(text) && indentOf(text) < indent) return undefined;
    if (line > from && indentOf(text) !== indent) continue;
    const content = at(text, indent);
    if (names.some((name) => content.startsWith(name))) return { line, column: indent };
  }
  return undefined;
}

function itemAt(lines: readonly string[], from: number, indent: number, index: number): PlainPlace | undefined {
  let seen = -1;
  for (let line = from; line < lines.length; line += 1) {
    const text = lines[line] ?? '';
    if (line > from && /^\s*[^\s#]/.test(text) && indentOf(text) < indent) return undefined;
    if (line > from && indentOf(text) !== indent) continue;
    if (!at(text, indent).startsWith('- ')) {
      if (line > from && /\S/.test(text)) return undefined;
      continue;
    }
    seen += 1;
    if (seen === index) return { line, column: indent };
  }
  return undefined;
}
