import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Snapshot } from '../files/snapshot';
import { fingerprint } from './fingerprint';
import { type FolderState, folderState } from './folder-state';
import { readSealed, writeSealed } from './sealed';

/** What was rendered from one set of inputs: the files one after the other, flat, because most of thousands are only looked at. */
interface Entry {
  readonly inputs: string;
  readonly paths: readonly string[];
  readonly contents: readonly string[];
  /** Size and time of each file: two numbers each. */
  readonly stamps: readonly number[];
}

interface Contents {
  readonly entries: Readonly<Record<string, Entry>>;
  readonly folders: Readonly<Record<string, FolderState>>;
}

/** Everything that is known, or what has changed since all of it was written. */
interface Stored extends Contents {
  readonly build: string;
  /** Names the whole; what has changed since names the whole that it belongs to. */
  readonly id: string;
}

/**
 * Remembers from which inputs the files of the output were rendered, so that a service of which nothing has changed is not
 * rendered again. It is a cache: without it, or with one of another build, everything is rendered, to the same bytes. It
 * trusts no file that it has not looked at in the same run.
 */
export class RenderIndex {
  readonly #file: string;
  readonly #build: string;
  readonly #whole: Stored | undefined;
  readonly #since: Stored | undefined;
  readonly #entries = new Map<string, Entry>();
  readonly #folders = new Map<string, FolderState>();
  readonly #rendered = new Map<string, Omit<Entry, 'stamps'>>();

  private constructor(file: string, build: string) {
    this.#file = file;
    this.#build = build;
    const whole: Stored | undefined = readSealed(`${file}.json`);
    if (whole?.build !== build) return;
    this.#whole = whole;
    const since: Stored | undefined = readSealed(`${file}.since.json`);
    if (since?.id === whole.id) this.#since = since;
  }

  /** Opens the index at a path, without an ending; `build` names the program, whose change makes everything stale. A damaged index is an empty one. */
  static open(file: string, build: string): RenderIndex {
    return new RenderIndex(file, build);
  }

  /** The fingerprint of a folder's content; its files are read only where their sizes or times have moved. */
  folder(root: string, folder: string, read: (folder: string) => Snapshot): string {
    let state = this.#folders.get(folder);
    if (state === undefined) {
      state = folderState(root, folder, own(this.#since?.folders, folder) ?? own(this.#whole?.folders, folder), read);
      this.#folders.set(folder, state);
    }
    return state.content;
  }

  /** The paths below `root` that were rendered for an id from the same inputs and are as they were; undefined otherwise. */
  fresh(id: string, inputs: string, root: string): readonly string[] | undefined {
    const entry = own(this.#since?.entries, id) ?? own(this.#whole?.entries, id);
    if (entry?.inputs !== inputs) return undefined;
    const stamps = unchangedStamps(entry, root);
    if (stamps === undefined) return undefined;
    this.#entries.set(id, stamps === entry.stamps ? entry : { ...entry, stamps });
    return entry.paths;
  }

  /** Remembers what was rendered for an id: files with the fingerprints of their contents. */
  rendered(id: string, inputs: string, files: readonly { readonly path: string; readonly content: string }[]): void {
    const paths = files.map((file) => file.path);
    this.#rendered.set(id, { inputs, paths, contents: files.map(({ content }) => content) });
  }

  /** Writes what has changed, or all of it when that is much; what cannot be written only makes the next run slower. */
  save(root: string): void {
    for (const [id, rendered] of this.#rendered) {
      const stamps = stampsAfter(rendered.paths, root);
      if (stamps !== undefined) this.#entries.set(id, { ...rendered, stamps });
    }
    try {
      fs.mkdirSync(path.dirname(this.#file), { recursive: true });
      const since = this.#changes();
      if (since === undefined) {
        const id = `${process.pid}-${process.hrtime.bigint()}`;
        const all = { entries: Object.fromEntries(this.#entries), folders: Object.fromEntries(this.#folders) };
        writeSealed(`${this.#file}.json`, { build: this.#build, id, ...all });
      } else if (Object.keys(since.entries).length + Object.keys(since.folders).length > 0) {
        writeSealed(`${this.#file}.since.json`, since);
      }
    } catch {
      // See above.
    }
  }

  /** What is not as it stands in the whole; undefined where that is so much that the whole is better written anew. */
  #changes(): Stored | undefined {
    const whole = this.#whole;
    if (whole === undefined) return undefined;
    const entries = [...this.#entries].filter(([id, entry]) => own(whole.entries, id) !== entry);
    const folders = [...this.#folders].filter(([folder, state]) => own(whole.folders, folder) !== state);
    if (10 * (entries.length + folders.length) > this.#entries.size + this.#folders.size) return undefined;
    return {
      build: this.#build,
      id: whole.id,
      entries: Object.fromEntries(entries),
      folders: Object.fromEntries(folders),
    };
  }
}

/**
 * The stamps of files that still hold what they held; undefined where one is gone or was changed. Size and time are looked at
 * first; where the time moved, as after a checkout, the content decides.
 */
function unchangedStamps({ paths, contents, stamps }: Entry, root: string): readonly number[] | undefined {
  let moved: number[] | undefined;
  for (let i = 0; i < paths.length; i += 1) {
    const file = `${root}/${paths[i]}`;
    const stat = fs.statSync(file, GONE);
    if (stat === undefined || stat.size !== stamps[2 * i]) return undefined;
    if (stat.mtimeMs === stamps[2 * i + 1]) continue;
    if (fingerprint(fs.readFileSync(file)) !== contents[i]) return undefined;
    moved ??= [...stamps];
    moved[2 * i + 1] = stat.mtimeMs;
  }
  return moved ?? stamps;
}

const GONE = { throwIfNoEntry: false } as const;

/** The stamps of files that were just written; undefined where somebody took one away since. */
function stampsAfter(paths: readonly string[], root: string): readonly number[] | undefined {
  const stamps: number[] = [];
  for (const file of paths) {
    const stat = fs.statSync(`${root}/${file}`, GONE);
    if (stat === undefined) return undefined;
    stamps.push(stat.size, stat.mtimeMs);
  }
  return stamps;
}

const own = <T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
