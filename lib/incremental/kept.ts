import * as fs from 'node:fs';
import * as path from 'node:path';
import { fingerprint } from './fingerprint';
import type { CacheOptions } from './open';
import { readSealed, writeSealed } from './sealed';

/** How many values are kept: beyond, those that were written longest ago go. */
const MOST = 300;

/**
 * Values by name, each in a file of its own, so that a run reads those that it asks for and no other. It is a cache: a value holds
 * for this program only, and what cannot be read or written only makes a run slower.
 */
export class Kept<T> {
  readonly #folder: string;
  readonly #own: string;
  #there: ReadonlySet<string> | undefined;

  private constructor(folder: string, build: string) {
    this.#folder = folder;
    this.#own = path.join(folder, nameOf(build));
  }

  /** `kind` keeps values of one kind apart from others in the same folder; undefined where nothing is kept. */
  static of<T>({ directory, build }: CacheOptions, kind: string): Kept<T> | undefined {
    return directory === undefined || build === undefined ? undefined : new Kept<T>(path.join(directory, kind), build);
  }

  get(name: string): T | undefined {
    this.#there ??= new Set(namesIn(this.#own));
    const file = fileOf(name);
    return this.#there.has(file) ? readSealed<T>(path.join(this.#own, file)) : undefined;
  }

  /** Keeps values beside those that are there; those of another program go. */
  keep(values: ReadonlyMap<string, T>): void {
    if (values.size === 0) return;
    try {
      fs.mkdirSync(this.#own, { recursive: true });
      for (const [name, value] of values) writeSealed(path.join(this.#own, fileOf(name)), value);
      for (const name of fs.readdirSync(this.#folder)) {
        const folder = path.join(this.#folder, name);
        if (folder !== this.#own) fs.rmSync(folder, { recursive: true, force: true });
      }
      this.#forget();
    } catch {
      // See above.
    }
  }

  #forget(): void {
    const files = fs.readdirSync(this.#own).map((name) => path.join(this.#own, name));
    if (files.length <= MOST) return;
    const aged = files.map((file) => ({ file, age: fs.statSync(file).mtimeMs })).sort((a, b) => b.age - a.age);
    for (const { file } of aged.slice(MOST)) fs.rmSync(file, { force: true });
  }
}

const fileOf = (name: string): string => `${nameOf(name)}.json`;

function namesIn(folder: string): readonly string[] {
  if (!fs.existsSync(folder)) return [];
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

/** A name for a file, which may be of any characters. */
const nameOf = (text: string): string => fingerprint(text).replace(/[^A-Za-z0-9]/g, '-');
