import * as jsonc from 'jsonc-parser';
import type { Position } from '../diagnostic/diagnostic';
import type { Path } from '../diagnostic/path';

/** Finds where a path stands in the file: the value, or the nearest parent that exists. */
export type Locator = (path: Path) => Position;

/** A locator over the text of one file; the text is parsed once, and only when there is something to locate. */
export function locator(file: string, text: string): Locator {
  const tree = jsonc.parseTree(text);
  const lineStarts = startsOfLines(text);
  return (path) => {
    let node = tree;
    for (let length = path.length; length > 0; length -= 1) {
      const found = tree && jsonc.findNodeAtLocation(tree, path.slice(0, length));
      if (found) {
        node = found.parent?.type === 'property' ? found.parent : found;
        break;
      }
    }
    return positionOf(file, lineStarts, node?.offset ?? 0);
  };
}

/** Line and column of an offset, both from 1; columns count UTF-16 code units, as editors do. */
export function positionOf(file: string, lineStarts: readonly number[], offset: number): Position {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { file, line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}

/** Offsets at which lines begin; CRLF, LF and CR all end a line. */
export function startsOfLines(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}
