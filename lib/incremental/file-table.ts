/** Files that stand together, and how to see that they are as they were. */
export interface Files {
  /** What they are known by. */
  readonly mark: string;
  /** Folders, whose time changes with an entry that comes or goes, and behind them files. */
  readonly paths: readonly string[];
  /** How many of the paths are folders. */
  readonly folders: number;
  /** For each path what its content is known by, or nothing of all of them. */
  readonly contents: readonly string[];
  /** Inode or size, and time, of each path: two numbers each, from `at` on. */
  readonly stamps: ArrayLike<number>;
  readonly at: number;
  /** The table in which they stand like this. */
  readonly table?: FileTable;
}

/** Files by key as JSON of a few long texts. */
export interface Columns {
  readonly keys: string;
  readonly marks: string;
  /** How many paths there are of each key, and how many of them are folders: two numbers each. */
  readonly counts: readonly number[];
  readonly paths: string;
  readonly contents: string;
  /** Numbers of eight bytes in Base64. */
  readonly stamps: string;
}

const BETWEEN = '|';

/**
 * Files by key, in columns: a run looks at thousands of them and changes few, and as objects they would be most of what it has in
 * memory, which V8 would move about more than once.
 */
export class FileTable {
  readonly #places: ReadonlyMap<string, number>;
  readonly #marks: readonly string[];
  readonly #counts: readonly number[];
  /** Where the paths of each key begin. */
  readonly #starts: readonly number[];
  readonly #paths: readonly string[];
  readonly #contents: readonly string[];
  readonly #stamps: Float64Array;

  constructor({ keys, marks, counts, paths, contents, stamps }: Columns) {
    this.#places = new Map(partsOf(keys).map((key, place) => [key, place]));
    this.#marks = partsOf(marks);
    this.#counts = counts;
    const starts: number[] = [];
    let start = 0;
    for (let i = 0; i < counts.length; i += 2) {
      starts.push(start);
      start += counts[i] ?? 0;
    }
    this.#starts = starts;
    this.#paths = partsOf(paths);
    this.#contents = partsOf(contents);
    this.#stamps = numbersOf(stamps);
  }

  get(key: string): Files | undefined {
    const place = this.#places.get(key);
    if (place === undefined) return undefined;
    const start = this.#starts[place] ?? 0;
    const end = start + (this.#counts[2 * place] ?? 0);
    return {
      mark: this.#marks[place] ?? '',
      paths: this.#paths.slice(start, end),
      folders: this.#counts[2 * place + 1] ?? 0,
      contents: this.#contents.slice(start, end),
      stamps: this.#stamps,
      at: 2 * start,
      table: this,
    };
  }
}

/** All files have their contents told, or none have. Names with the sign that stands between them are left out, as if they were not known. */
export function columnsOf(all: ReadonlyMap<string, Files>): Columns {
  const keys: string[] = [];
  const marks: string[] = [];
  const counts: number[] = [];
  const paths: string[] = [];
  const contents: string[] = [];
  const stamps: number[] = [];
  for (const [key, files] of all) {
    if (key.includes(BETWEEN) || files.mark.includes(BETWEEN) || files.paths.some((path) => path.includes(BETWEEN)))
      continue;
    keys.push(key);
    marks.push(files.mark);
    counts.push(files.paths.length, files.folders);
    paths.push(...files.paths);
    contents.push(...files.contents);
    for (let i = 0; i < 2 * files.paths.length; i += 1) stamps.push(files.stamps[files.at + i] ?? Number.NaN);
  }
  return {
    keys: keys.join(BETWEEN),
    marks: marks.join(BETWEEN),
    counts,
    paths: paths.join(BETWEEN),
    contents: contents.join(BETWEEN),
    stamps: Buffer.from(Float64Array.from(stamps).buffer).toString('base64'),
  };
}

/** No part is empty where there is one. */
const partsOf = (text: string): string[] => (text === '' ? [] : text.split(BETWEEN));

/** Copied, as numbers must begin at a multiple of their size. */
function numbersOf(text: string): Float64Array {
  const { buffer, byteOffset, byteLength } = Buffer.from(text, 'base64');
  return new Float64Array(buffer.slice(byteOffset, byteOffset + byteLength));
}
