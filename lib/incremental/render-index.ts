import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Snapshot } from '../files/snapshot';
import { type FileState, stateAfter, unchangedState } from './file-state';
import { fingerprint } from './fingerprint';
import { type FolderState, folderState } from './folder-state';

/** What was rendered from one set of inputs. */
interface Entry {
  readonly inputs: string;
  readonly files: Readonly<Record<string, FileState>>;
}

interface Stored {
  readonly build: string;
  readonly entries: Readonly<Record<string, Entry>>;
  readonly folders: Readonly<Record<string, FolderState>>;
}

const EMPTY: Stored = { build: '', entries: {}, folders: {} };

/**
 * Remembers from which inputs the files of the output were rendered, so that a service of which nothing has changed is not
 * rendered again. It is a cache: without it, or with one of another build, everything is rendered, to the same bytes. It
 * trusts no file that it has not looked at in the same run.
 */
export class RenderIndex {
  readonly #file: string;
  readonly #build: string;
  readonly #known: Stored;
  readonly #entries = new Map<string, Entry>();
  readonly #folders = new Map<string, FolderState>();
  readonly #rendered = new Map<
    string,
    { readonly inputs: string; readonly files: readonly (readonly [string, string])[] }
  >();

  private constructor(file: string, build: string, known: Stored) {
    this.#file = file;
    this.#build = build;
    this.#known = known;
  }

  /** Opens the index at a path; `build` names the program, whose change makes everything stale. A damaged index is an empty one. */
  static open(file: string, build: string): RenderIndex {
    try {
      const text = fs.readFileSync(file, 'utf8');
      const end = text.indexOf('\n');
      if (text.slice(0, end) !== fingerprint(text.slice(end + 1))) return new RenderIndex(file, build, EMPTY);
      const stored: Stored = JSON.parse(text.slice(end + 1));
      return new RenderIndex(file, build, stored.build === build ? stored : EMPTY);
    } catch {
      return new RenderIndex(file, build, EMPTY);
    }
  }

  /** The fingerprint of a folder's content; its files are read only where their sizes or times have moved. */
  folder(root: string, folder: string, read: (folder: string) => Snapshot): string {
    let state = this.#folders.get(folder);
    if (state === undefined) {
      state = folderState(root, folder, own(this.#known.folders, folder), read);
      this.#folders.set(folder, state);
    }
    return state.content;
  }

  /** The paths below `root` that were rendered for an id from the same inputs and are as they were; undefined otherwise. */
  fresh(id: string, inputs: string, root: string): readonly string[] | undefined {
    const entry = own(this.#known.entries, id);
    if (entry?.inputs !== inputs) return undefined;
    const files: [string, FileState][] = [];
    for (const [file, known] of Object.entries(entry.files)) {
      const state = unchangedState(`${root}/${file}`, known);
      if (state === undefined) return undefined;
      files.push([file, state]);
    }
    this.#entries.set(id, { inputs, files: Object.fromEntries(files) });
    return Object.keys(entry.files);
  }

  /** Remembers what was rendered for an id. */
  rendered(id: string, inputs: string, files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): void {
    this.#rendered.set(id, { inputs, files: files.map(({ path: file, bytes }) => [file, fingerprint(bytes)]) });
  }

  /** Writes the index beside its old self and replaces it; what cannot be written only makes the next run slower. */
  save(root: string): void {
    for (const [id, { inputs, files }] of this.#rendered) {
      const states = files.flatMap(([file, content]) => {
        const state = stateAfter(path.join(root, file), content);
        return state === undefined ? [] : [[file, state] as const];
      });
      if (states.length === files.length) this.#entries.set(id, { inputs, files: Object.fromEntries(states) });
    }
    const stored: Stored = {
      build: this.#build,
      entries: Object.fromEntries(this.#entries),
      folders: Object.fromEntries(this.#folders),
    };
    // One name for all runs, so that a killed one leaves at most this one behind. Of two at once the index may become a mix:
    // its checksum tells, and a damaged index is an empty one.
    const temporary = `${this.#file}.new`;
    try {
      fs.mkdirSync(path.dirname(this.#file), { recursive: true });
      const text = JSON.stringify(stored);
      fs.writeFileSync(temporary, `${fingerprint(text)}\n${text}`);
      fs.renameSync(temporary, this.#file);
    } catch {
      removeIfPossible(temporary);
    }
  }
}

function removeIfPossible(file: string): void {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // The place of the cache is none: a file, or one that this user may not look into.
  }
}

const own = <T>(map: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(map, key) ? map[key] : undefined;
