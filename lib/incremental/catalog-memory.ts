import * as fs from 'node:fs';
import * as path from 'node:path';
import { readInto } from '../files/read-into';
import { fingerprint } from './fingerprint';
import type { CacheOptions } from './open';
import { readSealed, writeSealed } from './sealed';

/** What was found out of a catalog, as plain data: the next run takes it over for all of the catalog that has not changed. */
export interface CatalogFacts {
  /** The keys of the services in the order of the file, and where their values begin and end: two numbers each. */
  readonly keys: readonly string[];
  readonly bounds: readonly number[];
  /** Where the object of all services begins and ends. */
  readonly start: number;
  readonly end: number;
  /** By environment, its services that are rendered, in order, five texts each: key, name, fingerprint of all that is said of it, folder of migrations or '', names of its workloads. */
  readonly releases: Readonly<Record<string, readonly string[]>>;
}

/** A text of an earlier run, of which a stretch at a time is in memory: all of it is megabytes, most of which are only compared. */
export interface OldText extends Stretches {
  readonly close: () => void;
}

/** A text as bytes. */
export interface Stretches {
  readonly length: number;
  /** The bytes of a stretch, until the next one is asked for; zeros where it cannot be read. */
  readonly stretch: (from: number, to: number) => Uint8Array;
}

/** A catalog of an earlier run without faults as a whole, and what was found out of it. */
export interface RecalledCatalog {
  readonly text: OldText;
  readonly facts: CatalogFacts;
}

/** The same to be kept. */
export interface RememberedCatalog {
  readonly bytes: Uint8Array;
  readonly facts: CatalogFacts;
}

interface Stored {
  readonly build: string;
  /** Name of the file with the bytes: another one for each memory, so that facts never meet the bytes of another run. */
  readonly text: string;
  readonly facts: CatalogFacts;
}

/**
 * Keeps one catalog between runs. It is a cache: what it says holds for these bytes and this program only, and without it
 * everything is read anew. The bytes carry no checksum: where they are damaged they differ from the catalog, and what
 * differs is read.
 */
export class CatalogMemory {
  readonly #file: string;
  readonly #build: string;

  constructor({ directory, build }: { readonly directory: string; readonly build: string }, catalog: string) {
    const place = path.relative(directory, path.resolve(catalog)).split(path.sep).join('/');
    this.#file = path.join(directory, `catalog-${encodeURIComponent(fingerprint(place)).slice(0, 20)}`);
    this.#build = build;
  }

  /** The memory of a catalog; undefined where none is kept. */
  static of({ directory, build }: CacheOptions, catalog: string): CatalogMemory | undefined {
    return directory === undefined || build === undefined
      ? undefined
      : new CatalogMemory({ directory, build }, catalog);
  }

  /** Whoever recalls a catalog closes its text. */
  recall(): RecalledCatalog | undefined {
    const stored: Stored | undefined = readSealed(`${this.#file}.json`);
    if (stored?.build !== this.#build) return undefined;
    try {
      const text = fileText(fs.openSync(path.join(path.dirname(this.#file), stored.text), 'r'));
      return { text, facts: stored.facts };
    } catch {
      return undefined;
    }
  }

  /** What cannot be written only makes the next run slower. */
  remember({ bytes, facts }: RememberedCatalog): void {
    const folder = path.dirname(this.#file);
    const prefix = `${path.basename(this.#file)}.text.`;
    const text = `${prefix}${process.pid}-${process.hrtime.bigint()}`;
    const stored: Stored = { build: this.#build, text, facts };
    try {
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(path.join(folder, text), bytes);
      writeSealed(`${this.#file}.json`, stored);
      for (const name of fs.readdirSync(folder))
        if (name.startsWith(prefix) && name !== text) fs.rmSync(path.join(folder, name), { force: true });
    } catch {
      fs.rmSync(path.join(folder, text), { force: true });
    }
  }
}

function fileText(file: number): OldText {
  let memory = Buffer.allocUnsafe(0);
  const stretch = (from: number, to: number): Uint8Array => {
    const size = to - from;
    if (size > memory.length) memory = Buffer.allocUnsafe(size);
    const bytes = memory.subarray(0, size);
    return bytes.fill(0, readable(file, bytes, from));
  };
  return { length: fs.fstatSync(file).size, stretch, close: () => fs.closeSync(file) };
}

/** How much of a stretch can be read. */
function readable(file: number, into: Uint8Array, from: number): number {
  try {
    return readInto(file, into, from);
  } catch {
    return 0;
  }
}
