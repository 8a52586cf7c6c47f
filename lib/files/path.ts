import { basename, dirname, resolve, sep } from 'node:path';
import { TreeFault } from './fault';

/** Where an output tree stands: as the user named it, and absolute. */
export interface Place {
  readonly shown: string;
  readonly root: string;
  readonly parent: string;
  readonly base: string;
}

/**
 * The place of a root.
 * Refuses the working directory and what holds it: every file that is not rendered would be removed from there.
 */
export const locate = (shown: string): Place => {
  const root = resolve(shown);
  const cwd = process.cwd();
  if (shown === '' || root === dirname(root) || root === cwd || cwd.startsWith(root + sep)) {
    throw new TreeFault({
      code: 'TREE003',
      path: shown,
      message: `"${shown}" holds the working directory: everything in it that is not rendered would be removed`,
      hint: 'name a directory that holds rendered files only, such as dist',
    });
  }
  return { shown: shown.endsWith('/') ? shown.slice(0, -1) : shown, root, parent: dirname(root), base: basename(root) };
};

const SEGMENTS: ReadonlyMap<string, string> = new Map([
  ['', 'has an empty segment'],
  ['.', 'has a "." segment'],
  ['..', 'has a ".." segment'],
]);

/** Certainly right, as nearly all are: words with dots behind their beginnings. */
const PLAIN = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;

const fault = (path: string): string | undefined => {
  if (PLAIN.test(path)) return undefined;
  if (path === '') return 'is empty';
  if (path.startsWith('/')) return 'is absolute';
  if (path.includes('\\')) return 'has a backslash';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\u0000-\u001f\u007f]/.test(path)) return 'has a control character';
  for (const segment of path.split('/')) {
    const said = SEGMENTS.get(segment);
    if (said !== undefined) return said;
  }
  return undefined;
};

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** The files of a tree that is being described, and the directories that follow from them. '' is the root itself. */
export class PathSet {
  readonly files = new Set<string>();
  readonly directories = new Set<string>(['']);

  /** Adds a relative posix path. Refuses one that leaves the tree, is there already, or makes a file a directory. */
  add(path: string): void {
    const said = fault(path);
    if (said !== undefined) {
      const message = `path ${JSON.stringify(path)} ${said}; the old tree is untouched`;
      throw new TreeFault({
        code: 'TREE001',
        path,
        message,
        hint: 'give a relative path such as prod/services/a.yaml',
      });
    }
    this.#claim(path);
  }

  /** Adds a path that a listing of the old tree has shown: it needs no other check than that it is not there already. */
  addListed(path: string): void {
    this.#claim(path);
  }

  /** Whether a file there would stand in the place of a directory, or inside of a file. */
  excludes(path: string): boolean {
    if (this.directories.has(path)) return true;
    for (let above = parentOf(path); above !== ''; above = parentOf(above)) if (this.files.has(above)) return true;
    return false;
  }

  #claim(path: string): void {
    if (this.files.has(path)) throw clash(path, `${path} is written twice`);
    if (this.directories.has(path)) throw clash(path, `${path} is both a file and a directory`);
    this.#addDirectory(parentOf(path), path);
    this.files.add(path);
  }

  #addDirectory(directory: string, path: string): void {
    if (this.directories.has(directory)) return;
    if (this.files.has(directory)) throw clash(path, `${directory} is both a file and a directory`);
    this.#addDirectory(parentOf(directory), path);
    this.directories.add(directory);
  }
}

/** Two entries of the new tree want one place. */
export const clash = (path: string, said: string): TreeFault =>
  new TreeFault({
    code: 'TREE002',
    path,
    message: `${said}; the old tree is untouched`,
    hint: 'give what renders there different names',
  });
