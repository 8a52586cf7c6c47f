import type { Fs } from './fs';

/** Compares texts with files in two buffers that are used again for every file. */
export class Comparer {
  readonly #fs: Fs;
  #wanted = Buffer.allocUnsafe(64 * 1024);
  #found = Buffer.allocUnsafe(64 * 1024);

  constructor(fs: Fs) {
    this.#fs = fs;
  }

  /** Whether the file holds exactly the bytes of the text. Reads one byte more than those: a longer file differs. */
  same(path: string, text: string): boolean {
    const length = Buffer.byteLength(text);
    if (length >= this.#found.length) {
      this.#wanted = Buffer.allocUnsafe(2 * length);
      this.#found = Buffer.allocUnsafe(2 * length);
    }
    if (this.#fs.read(path, this.#found.subarray(0, length + 1)) !== length) return false;
    this.#wanted.write(text);
    return this.#wanted.compare(this.#found, 0, length, 0, length) === 0;
  }
}
