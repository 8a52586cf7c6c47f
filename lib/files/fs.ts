import * as fs from 'node:fs';
import { exchange } from './exchange';
import { readInto } from './read-into';
import type { Stamp } from './snapshot';

export type Kind = 'file' | 'directory' | 'link' | 'other';

export interface Entry {
  readonly name: string;
  readonly kind: Kind;
}

/**
 * Every file operation the writer uses, so that a test can count them and stop the run between any two.
 * All take absolute paths and throw node's errors.
 */
export interface Fs {
  /** What stands at the path, links not followed; undefined when nothing does. */
  kind(path: string): Kind | undefined;
  list(directory: string): readonly Entry[];
  /** Reads from the start of the file until `into` is full or the file ends; gives the number of bytes. */
  read(path: string, into: Uint8Array): number;
  /** Creates the file, and tells its state; refuses (EEXIST) one that is there, so that a hard link is never written through. */
  create(path: string, content: string | Uint8Array): Stamp;
  link(from: string, to: string): void;
  /** Copies bytes and times, for file systems without hard links. Refuses (EEXIST) an existing target. */
  copy(from: string, to: string): void;
  mkdir(path: string): void;
  mkdirs(path: string): void;
  /** Refuses (EACCES, EROFS) a directory in which this user may not add and remove entries. */
  ensureWritable(directory: string): void;
  rename(from: string, to: string): void;
  /** Swaps two directories in one step; false, and nothing done, where the system cannot. */
  exchange(one: string, other: string): boolean;
  unlink(path: string): void;
  rmdir(path: string): void;
}

const kindOf = (entry: fs.Dirent | fs.Stats): Kind => {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? 'link' : 'other';
};

const read = (path: string, into: Uint8Array): number => {
  const descriptor = fs.openSync(path, 'r');
  try {
    return readInto(descriptor, into);
  } finally {
    fs.closeSync(descriptor);
  }
};

/** As writeFileSync, which takes a tenth more for each of thousands of files. */
const create = (path: string, content: string | Uint8Array): Stamp => {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const descriptor = fs.openSync(path, 'wx');
  try {
    for (let written = 0; written < bytes.length; ) written += fs.writeSync(descriptor, bytes, written);
    const { size, mtimeMs } = fs.fstatSync(descriptor);
    return { number: size, mtimeMs };
  } finally {
    fs.closeSync(descriptor);
  }
};

const copy = (from: string, to: string): void => {
  fs.copyFileSync(from, to, fs.constants.COPYFILE_EXCL);
  const { atimeMs, mtimeMs } = fs.statSync(from);
  fs.utimesSync(to, atimeMs / 1000, mtimeMs / 1000);
};

/** The file system of the machine. */
export const nodeFs: Fs = {
  kind: (path) => {
    const stats = fs.lstatSync(path, { throwIfNoEntry: false });
    return stats === undefined ? undefined : kindOf(stats);
  },
  list: (directory) =>
    fs.readdirSync(directory, { withFileTypes: true }).map((entry) => ({ name: entry.name, kind: kindOf(entry) })),
  read,
  create,
  link: fs.linkSync,
  copy,
  mkdir: (path) => void fs.mkdirSync(path),
  mkdirs: (path) => void fs.mkdirSync(path, { recursive: true }),
  ensureWritable: (directory) => fs.accessSync(directory, fs.constants.W_OK | fs.constants.X_OK),
  rename: fs.renameSync,
  exchange,
  unlink: fs.unlinkSync,
  rmdir: (path) => fs.rmdirSync(path),
};
