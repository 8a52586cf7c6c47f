import * as fs from 'node:fs';

/** Reads from an open file until `into` is full or the file ends, from a position, or from where it was read to; gives the number of bytes. */
export function readInto(descriptor: number, into: Uint8Array, position?: number): number {
  let length = 0;
  while (length < into.length) {
    const at = position === undefined ? null : position + length;
    const more = fs.readSync(descriptor, into, length, into.length - length, at);
    if (more === 0) break;
    length += more;
  }
  return length;
}
