import type { Fs } from './fs';

/** Compares bytes with files, read into a buffer that is used again for every file. */
export class Comparer {
  readonly #fs: Fs;
  #found = Buffer.allocUnsafe(64 * 1024);

  constructor(fs: Fs) {
    this.#fs = fs;
  }

  /** Whether the file holds exactly these bytes. Reads one byte more than those: a longer file differs. */
  same(path: string, bytes: Uint8Array): boolean {
    const { length } = bytes;
    if (length >= this.#found.length) this.#found = Buffer.allocUnsafe(2 * length);
    if (this.#fs.read(path, this.#found.subarray(0, length + 1)) !== length) return false;
    return this.#found.compare(bytes, 0, length, 0, length) === 0;
  }
}
