import { errnoOf } from './fault';
import type { Fs } from './fs';
import { removeTree } from './listing';
import { clash, parentOf } from './path';
import type { Stamp } from './snapshot';

/** Why a hard link may be refused where a copy is not: no such links here, too many, or a file of another user. */
const NO_LINK: ReadonlySet<string | undefined> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** The new tree while it is being completed. The directory is made with its first file. */
export class Stage {
  readonly root: string;
  readonly #fs: Fs;
  readonly #directories = new Set<string>();

  constructor(fs: Fs, root: string) {
    this.#fs = fs;
    this.root = root;
  }

  at(path: string): string {
    return `${this.root}/${path}`;
  }

  create(path: string, bytes: Uint8Array): Stamp {
    this.ensureDirectory(parentOf(path));
    return this.#once(path, () => this.#fs.create(this.at(path), bytes));
  }

  /** The same file under a second name: inode, bytes and times stay. A copy with the same times where links cannot be had. */
  link(from: string, path: string): void {
    this.ensureDirectory(parentOf(path));
    this.#once(path, () => {
      try {
        this.#fs.link(from, this.at(path));
      } catch (error) {
        if (!NO_LINK.has(errnoOf(error))) throw error;
        this.#fs.copy(from, this.at(path));
      }
    });
  }

  /** '' is the staging directory itself. */
  ensureDirectory(path: string): void {
    if (this.#directories.has(path)) return;
    if (path !== '') this.ensureDirectory(parentOf(path));
    this.#fs.mkdir(path === '' ? this.root : this.at(path));
    this.#directories.add(path);
  }

  /** Removes what stands under the staging name: an unfinished new tree, or the old one after the swap. */
  remove(): void {
    if (this.#directories.size > 0) removeTree(this.#fs, this.root);
  }

  #once<T>(path: string, make: () => T): T {
    try {
      return make();
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
      throw clash(path, `${path} and another path differ only in case, and are one file on this file system`);
    }
  }
}
