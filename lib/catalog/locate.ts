import type { Node } from 'jsonc-parser';
import type { Position } from '../diagnostic/diagnostic';
import type { Path, Segment } from '../diagnostic/path';
import { loadJsonc } from './jsonc';

/** Finds where a path stands in the file: the value, or the nearest parent that exists. */
export type Locator = (path: Path) => Position;

/**
 * A locator over the text of one file, which is parsed once. A path leads to its property, key and all; of a key that stands
 * twice to the last, whose value is the one that JSON keeps.
 */
export function locator(file: string, text: string): Locator {
  const root = loadJsonc().parseTree(text);
  const lineStarts = startsOfLines(text);
  const memberOf = indexed();
  return (path) => {
    let offset = root?.offset ?? 0;
    let node = root;
    for (const segment of path) {
      const member: Node | undefined = node && memberOf(node, segment);
      if (member === undefined) break;
      offset = member.offset;
      node = member.type === 'property' ? member.children?.[1] : member;
    }
    return positionOf(file, lineStarts, offset);
  };
}

/** Looks up the members of a node; the keys of an object are indexed once, so that many faults in it stay cheap. */
function indexed(): (node: Node, segment: Segment) => Node | undefined {
  const indexes = new Map<Node, ReadonlyMap<unknown, Node>>();
  return (node, segment) => {
    if (node.type === 'array') return typeof segment === 'number' ? node.children?.[segment] : undefined;
    let index = indexes.get(node);
    if (index === undefined) {
      index = new Map((node.children ?? []).map((property) => [property.children?.[0]?.value, property]));
      indexes.set(node, index);
    }
    return index.get(String(segment));
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
