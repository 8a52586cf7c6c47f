import { type Columns, type Files, FileTable } from './file-table';

/** Files that earlier runs have told of, and what they are now. */
export class KnownFiles {
  readonly now = new Map<string, Files>();
  readonly #whole: FileTable | undefined;
  readonly #since: FileTable | undefined;

  constructor(whole: Columns | undefined, since: Columns | undefined) {
    this.#whole = whole && new FileTable(whole);
    this.#since = since && new FileTable(since);
  }

  /** What earlier runs told. */
  get(key: string): Files | undefined {
    return this.#since?.get(key) ?? this.#whole?.get(key);
  }

  /** What is not as it stands in the whole. */
  changes(): ReadonlyMap<string, Files> {
    const changes = new Map<string, Files>();
    for (const [key, files] of this.now)
      if (files.table === undefined || files.table !== this.#whole) changes.set(key, files);
    return changes;
  }
}
