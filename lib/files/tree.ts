import { Comparer } from './compare';
import { asFault, bestEffort } from './fault';
import { type Listing, listTree, removeFile } from './listing';
import { PathSet } from './path';
import { type Opened, openRoot, type TreeOptions } from './recover';
import { replaceTree } from './replace';
import type { Stamp } from './snapshot';
import { Stage } from './stage';

export { TreeFault } from './fault';
export { recover, type TreeOptions } from './recover';

/** What a commit did, paths sorted. */
export interface TreeResult {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

/**
 * Describes the whole new tree, file by file; commit puts it in the place of the old one in one step (see replaceTree).
 * Every method throws TreeFault; after that the old tree is whole, what was staged is gone, and the writer is at its end.
 */
export interface TreeWriter {
  /**
   * This file with this content. Paths are relative, with `/`. Held on disk and not in memory, and only if it differs: then its state
   * is told, which it will have in the new tree.
   */
  put(path: string, content: string | Uint8Array): Stamp | undefined;
  /** This file as it stands, unread. Gives false, and does nothing, when it is not there: put it then. */
  keep(path: string): boolean;
  /** Replaces the tree: own files that neither put nor keep named are removed, and directories left empty. */
  commit(): TreeResult;
  /** Gives up and leaves the old tree. Does nothing after commit or a fault, so that a signal handler may always call it. */
  discard(): void;
}

class StagedTree implements TreeWriter {
  readonly #opened: Opened;
  readonly #old: Listing;
  readonly #stage: Stage;
  readonly #owns: (path: string) => boolean;
  readonly #comparer: Comparer;
  readonly #paths = new PathSet();
  readonly #written: string[] = [];
  readonly #unchanged: string[] = [];
  #ended = false;

  constructor(opened: Opened, old: Listing, owns: (path: string) => boolean) {
    this.#opened = opened;
    this.#old = old;
    this.#stage = new Stage(opened.fs, `${opened.place.parent}/${opened.session.stage}`);
    this.#comparer = new Comparer(opened.fs);
    this.#owns = owns;
  }

  put(path: string, content: string | Uint8Array): Stamp | undefined {
    return this.#guard(path, () => {
      this.#paths.add(path);
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      if (this.#old.files.has(path) && this.#comparer.same(`${this.#opened.place.root}/${path}`, bytes)) {
        this.#unchanged.push(path);
        return undefined;
      }
      const stamp = this.#stage.create(path, bytes);
      this.#written.push(path);
      return stamp;
    });
  }

  keep(path: string): boolean {
    return this.#guard(path, () => {
      if (!this.#old.files.has(path)) return false;
      this.#paths.addListed(path);
      this.#unchanged.push(path);
      return true;
    });
  }

  commit(): TreeResult {
    return this.#guard('', () => {
      const unchanged = this.#unchanged.length;
      const removed = this.#leaveOthers().sort();
      const written = this.#written.sort();
      replaceTree(this.#opened, this.#stage, { old: this.#old, written, removed, unchanged: this.#unchanged });
      bestEffort(() => this.#removeEmpty());
      this.discard();
      return { written, removed, unchanged };
    });
  }

  discard(): void {
    if (this.#ended) return;
    this.#ended = true;
    const { fs, place, session } = this.#opened;
    bestEffort(() => this.#stage.remove());
    bestEffort(() => removeFile(fs, `${place.parent}/${session.lock}`));
  }

  /** Keeps the files of others that are not in the way; gives the files that go. */
  #leaveOthers(): string[] {
    const removed: string[] = [];
    for (const path of this.#old.files) {
      if (this.#paths.files.has(path)) continue;
      if (this.#owns(path) || this.#paths.excludes(path)) removed.push(path);
      else {
        this.#paths.addListed(path);
        this.#unchanged.push(path);
      }
    }
    return removed;
  }

  /** Directories of the old tree without a file in the new one, deepest first. A swap has left none. */
  #removeEmpty(): void {
    const { fs, place } = this.#opened;
    const empty = [...this.#old.directories].filter((path) => !this.#paths.directories.has(path));
    for (const path of empty.reverse()) fs.rmdir(`${place.root}/${path}`);
  }

  #guard<T>(path: string, work: () => T): T {
    if (this.#ended) throw new Error('this tree is committed, discarded or failed: open it again');
    try {
      return work();
    } catch (error) {
      this.discard();
      const { shown } = this.#opened.place;
      throw asFault(error, path === '' ? shown : `${shown}/${path}`);
    }
  }
}

/**
 * Opens an output tree, which need not exist yet, to replace it. Throws TreeFault.
 *
 * One run at a time: a second one waits, then refuses. What killed runs left beside the root is removed, and if one
 * died with the root's name free, the old tree is put back first. Everything blocks: a signal handler runs between two
 * calls, and may call discard.  Files of the root that are not put or kept are removed,
 * whoever made them, unless `owns` says that they are not this run's.
 */
export const openTree = (root: string, options: TreeOptions = {}): TreeWriter => {
  const opened = openRoot(root, options);
  const { fs, place, session } = opened;
  try {
    return new StagedTree(opened, listTree(fs, place), options.owns ?? (() => true));
  } catch (error) {
    bestEffort(() => removeFile(fs, `${place.parent}/${session.lock}`));
    throw asFault(error, place.shown);
  }
};
