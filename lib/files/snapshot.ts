import * as fs from 'node:fs';
import { readInto } from './read-into';

/** What stands at a path, as it was in one moment: links are told, never followed. */
export type Snapshot =
  | { readonly kind: 'file'; readonly stamp: Stamp; readonly bytes: Buffer }
  | { readonly kind: 'folder'; readonly stamp: Stamp; readonly entries: readonly (readonly [string, Snapshot])[] }
  | { readonly kind: 'link' | 'other' | 'absent' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** What changes with a file or folder: `number` is its size, or the inode of a folder. */
export interface Stamp {
  readonly number: number;
  readonly mtimeMs: number;
}

/**
 * Everything at and below `<root>/<path>`, entries by name. What the system refuses is told in its place; it never throws. `links`
 * has what is known of the folders that lead to paths.
 */
export function snapshotOf(root: string, path: string, links = new Map<string, boolean>()): Snapshot {
  const at = `${root}/${path}`;
  try {
    if (isBehindLink(root, path, links)) return { kind: 'link' };
    const stat = fs.lstatSync(at, { throwIfNoEntry: false });
    if (stat === undefined) return { kind: 'absent' };
    if (stat.isDirectory()) return readFolder(at, stat);
    return stat.isFile() ? readFile(at) : { kind: stat.isSymbolicLink() ? 'link' : 'other' };
  } catch (error) {
    return refused(error);
  }
}

/** Whether one of the folders that lead from the root to a path is a link. */
function isBehindLink(root: string, path: string, links: Map<string, boolean>): boolean {
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
    const folder = path.slice(0, end);
    const isLink =
      links.get(folder) ?? Boolean(fs.lstatSync(`${root}/${folder}`, { throwIfNoEntry: false })?.isSymbolicLink());
    links.set(folder, isLink);
    if (isLink) return true;
  }
  return false;
}

/** Its state is taken before the names are read: an entry that comes meanwhile moves the time again. */
function readFolder(at: string, { ino, mtimeMs }: fs.Stats): Snapshot {
  const entries = fs
    .readdirSync(at, { withFileTypes: true })
    .map((entry): readonly [string, Snapshot] => [entry.name, below(`${at}/${entry.name}`, entry)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { kind: 'folder', stamp: { number: ino, mtimeMs }, entries };
}

function below(at: string, entry: fs.Dirent): Snapshot {
  try {
    if (entry.isFile()) return readFile(at);
    if (entry.isDirectory()) return readFolder(at, fs.statSync(at));
    return { kind: entry.isSymbolicLink() ? 'link' : 'other' };
  } catch (error) {
    return refused(error);
  }
}

/** One handle for the state and the content, so that they belong together. */
function readFile(at: string): Snapshot {
  const handle = fs.openSync(at, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK);
  try {
    const { size, mtimeMs } = fs.fstatSync(handle);
    const bytes = Buffer.allocUnsafe(size);
    const length = readInto(handle, bytes);
    return {
      kind: 'file',
      stamp: { number: size, mtimeMs },
      bytes: length === size ? bytes : bytes.subarray(0, length),
    };
  } finally {
    fs.closeSync(handle);
  }
}

function refused(error: unknown): Snapshot {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' };
  return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
}

/** A reader that gives the last folder again without looking: what is hashed and what is rendered are the same bytes. */
export function snapshotReader(root: string): (path: string) => Snapshot {
  const links = new Map<string, boolean>();
  let last: { readonly path: string; readonly snapshot: Snapshot } | undefined;
  return (path) => {
    if (last?.path !== path) last = { path, snapshot: snapshotOf(root, path, links) };
    return last.snapshot;
  };
}
