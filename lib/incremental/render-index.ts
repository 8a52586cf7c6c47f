import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Snapshot, Stamp } from '../files/snapshot';
import { Utf8Writer } from '../files/utf8';
import { type Columns, columnsOf, type Files } from './file-table';
import { fingerprint } from './fingerprint';
import { folderState } from './folder-state';
import { KnownFiles } from './known-files';
import { readSealed, writeSealed } from './sealed';

/** Everything that is known, or what has changed since all of it was written. */
interface Stored {
  readonly build: string;
  /** Names the whole; what has changed since names the whole that it belongs to. */
  readonly id: string;
  /** What was rendered, by id: known by its inputs. */
  readonly entries: Columns;
  /** Folders of inputs: known by what is in them. */
  readonly folders: Columns;
}

/** A file that was rendered. */
export interface RenderedFile {
  readonly path: string;
  /** The fingerprint of its content; undefined where something tells the content again. */
  readonly content?: string | undefined;
  /** Its state, where it was written; undefined where it stood there. */
  readonly stamp?: Stamp | undefined;
}

interface RenderedEntry {
  readonly inputs: string;
  readonly files: readonly RenderedFile[];
  readonly told: string | undefined;
}

/** Gives the texts of files. */
export type Tell = (told: string) => readonly { readonly path: string; readonly text: string }[] | undefined;

/** Stands before what files were told from, in the place of the first fingerprint. Their fingerprints would be most of what it costs to remember them. */
const TOLD = '~';

/**
 * Remembers from which inputs the files of the output were rendered, so that a service of which nothing has changed is not
 * rendered again. It is a cache: without it, or with one of another build, everything is rendered, to the same bytes. It
 * trusts no file that it has not looked at in the same run.
 */
export class RenderIndex {
  readonly #file: string;
  readonly #build: string;
  /** The name of the whole. */
  readonly #id: string | undefined;
  readonly #entries: KnownFiles;
  readonly #folders: KnownFiles;
  readonly #rendered = new Map<string, RenderedEntry>();

  private constructor(file: string, build: string) {
    this.#file = file;
    this.#build = build;
    const stored: Stored | undefined = readSealed(`${file}.json`);
    const whole = stored?.build === build ? stored : undefined;
    const changes: Stored | undefined = whole && readSealed(`${file}.since.json`);
    const since = changes?.id === whole?.id ? changes : undefined;
    this.#id = whole?.id;
    this.#entries = new KnownFiles(whole?.entries, since?.entries);
    this.#folders = new KnownFiles(whole?.folders, since?.folders);
  }

  /** Opens the index at a path, without an ending; `build` names the program, whose change makes everything stale. A damaged index is an empty one. */
  static open(file: string, build: string): RenderIndex {
    return new RenderIndex(file, build);
  }

  /** The fingerprint of a folder's content; its files are read only where their sizes or times have moved. */
  folder(root: string, folder: string, read: (folder: string) => Snapshot): string {
    let state = this.#folders.now.get(folder);
    if (state === undefined) {
      state = folderState(root, folder, this.#folders.get(folder), read);
      this.#folders.now.set(folder, state);
    }
    return state.mark;
  }

  /**
   * The paths below `root` that were rendered for an id from the same inputs and are as they were; undefined otherwise. `tell` gives
   * the texts of files by what they were told from; undefined where it cannot.
   */
  fresh(id: string, inputs: string, root: string, tell: Tell = () => undefined): readonly string[] | undefined {
    const entry = this.#entries.get(id);
    if (entry?.mark !== inputs) return undefined;
    const now = asItIs(entry, root, tell);
    if (now !== undefined) this.#entries.now.set(id, now);
    return now?.paths;
  }

  /** Remembers what was rendered for an id; `told` is what its files were told from, if they were. */
  rendered(id: string, inputs: string, files: readonly RenderedFile[], told?: string): void {
    this.#rendered.set(id, { inputs, files, told });
  }

  /** Writes what has changed, or all of it when that is much; what cannot be written only makes the next run slower. */
  save(root: string): void {
    for (const [id, { inputs, files, told }] of this.#rendered) {
      const stamps = stampsOf(files, root);
      if (stamps === undefined) continue;
      const paths = files.map(({ path }) => path);
      const contents = files.map(({ content = '' }, i) => (i === 0 && told !== undefined ? `${TOLD}${told}` : content));
      this.#entries.now.set(id, { mark: inputs, paths, folders: 0, contents, stamps, at: 0 });
    }
    const [entries, folders] = [this.#entries.changes(), this.#folders.changes()];
    const changed = entries.size + folders.size;
    const all = this.#entries.now.size + this.#folders.now.size;
    try {
      fs.mkdirSync(path.dirname(this.#file), { recursive: true });
      // So much has changed that the whole is better written anew.
      if (this.#id === undefined || 10 * changed > all)
        this.#write('.json', `${process.pid}-${process.hrtime.bigint()}`, this.#entries.now, this.#folders.now);
      else if (changed > 0) this.#write('.since.json', this.#id, entries, folders);
    } catch {
      // See above.
    }
  }

  #write(ending: string, id: string, entries: ReadonlyMap<string, Files>, folders: ReadonlyMap<string, Files>): void {
    const stored: Stored = { build: this.#build, id, entries: columnsOf(entries), folders: columnsOf(folders) };
    writeSealed(`${this.#file}${ending}`, stored);
  }
}

/**
 * Files that still hold what they held, with the times that they have now; undefined where one is gone or was changed. Size and
 * time are looked at first; where the time moved, as after a checkout, the content decides.
 */
function asItIs(files: Files, root: string, tell: Tell): Files | undefined {
  const { paths, stamps, at } = files;
  let content: Content | undefined;
  let moved: number[] | undefined;
  for (let i = 0; i < paths.length; i += 1) {
    const file = `${root}/${paths[i]}`;
    const stat = fs.statSync(file, GONE);
    if (stat === undefined || stat.size !== stamps[at + 2 * i]) return undefined;
    if (stat.mtimeMs === stamps[at + 2 * i + 1]) continue;
    content ??= new Content(files, tell);
    if (!content.is(i, fs.readFileSync(file))) return undefined;
    moved ??= Array.from({ length: 2 * paths.length }, (_, place) => stamps[at + place] ?? Number.NaN);
    moved[2 * i + 1] = stat.mtimeMs;
  }
  if (moved === undefined) return files;
  return { mark: files.mark, paths, folders: 0, contents: files.contents, stamps: moved, at: 0 };
}

const UTF8 = new Utf8Writer();

/** What files held when they were rendered. */
class Content {
  readonly #files: Files;
  readonly #tell: Tell;
  #told: ReturnType<Tell>;

  constructor(files: Files, tell: Tell) {
    this.#files = files;
    this.#tell = tell;
  }

  /** Whether the file at a place held these bytes. */
  is(place: number, bytes: Buffer): boolean {
    const { contents } = this.#files;
    const first = contents[0] ?? '';
    if (!first.startsWith(TOLD)) return fingerprint(bytes) === contents[place];
    this.#told ??= this.#tell(first.slice(TOLD.length));
    const told = this.#told?.find(({ path: file }) => file === this.#files.paths[place]);
    return told !== undefined && bytes.equals(UTF8.bytesOf(told.text));
  }
}

const GONE = { throwIfNoEntry: false } as const;

/** The stamps of files that were just rendered; undefined where somebody took one away since. */
function stampsOf(files: readonly RenderedFile[], root: string): readonly number[] | undefined {
  const stamps: number[] = [];
  for (const { path: file, stamp = stampAt(`${root}/${file}`) } of files) {
    if (stamp === undefined) return undefined;
    stamps.push(stamp.number, stamp.mtimeMs);
  }
  return stamps;
}

function stampAt(file: string): Stamp | undefined {
  const stat = fs.statSync(file, GONE);
  return stat && { number: stat.size, mtimeMs: stat.mtimeMs };
}
