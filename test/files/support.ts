import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Fs, nodeFs } from '../../lib/files/fs';
import type { Processes } from '../../lib/files/processes';
import { openTree, type TreeOptions, type TreeResult } from '../../lib/files/tree';

/** Files by path; undefined: there is no root. */
export type Tree = Readonly<Record<string, string>> | undefined;

export interface Workspace {
  readonly dir: string;
  readonly root: string;
}

const made: string[] = [];

/** Memory where there is some: the simulations make many thousand small files. */
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export const workspace = (base = 'dist', within = memory): Workspace => {
  const dir = mkdtempSync(join(within, 'cutover-files-'));
  made.push(dir);
  return { dir, root: join(dir, base) };
};

export const removeWorkspaces = (): void => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
};

/** Makes the tree by plain writes, not by the code under test. */
export const plant = (root: string, tree: Tree): void => {
  rmSync(root, { recursive: true, force: true });
  if (tree === undefined) return;
  mkdirSync(root);
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
};

const paths = (root: string): readonly string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));

export const snapshot = (root: string): Tree => {
  if (statSync(root, { throwIfNoEntry: false }) === undefined) return undefined;
  const files = paths(root).filter((path) => statSync(join(root, path)).isFile());
  return Object.fromEntries(files.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]));
};

export const directories = (root: string): readonly string[] =>
  paths(root)
    .filter((path) => statSync(join(root, path)).isDirectory())
    .sort();

/** What tells a file that was left alone from one that was written again with the same bytes. */
export const identity = (path: string): string => {
  const { ino, mtimeNs } = statSync(path, { bigint: true });
  return `${ino} ${mtimeNs}`;
};

export const leftovers = (dir: string): readonly string[] =>
  readdirSync(dir).filter((name) => name.startsWith('.cutover-'));

export const write = (root: string, tree: Tree, options: TreeOptions = {}): TreeResult => {
  const writer = openTree(root, options);
  for (const [path, text] of Object.entries(tree ?? {})) writer.put(path, text);
  return writer.commit();
};

type Before = (operation: keyof Fs, ...paths: readonly string[]) => void;

/** A file system with a call before every operation. */
export const watched = (fs: Fs, before: Before): Fs => {
  const step =
    <A extends readonly unknown[], R>(operation: keyof Fs, run: (...given: A) => R) =>
    (...given: A): R => {
      before(operation, ...given.filter((each) => typeof each === 'string'));
      return run(...given);
    };
  return {
    kind: step('kind', fs.kind),
    list: step('list', fs.list),
    read: step('read', fs.read),
    create: step('create', fs.create),
    link: step('link', fs.link),
    copy: step('copy', fs.copy),
    mkdir: step('mkdir', fs.mkdir),
    mkdirs: step('mkdirs', fs.mkdirs),
    ensureWritable: step('ensureWritable', fs.ensureWritable),
    rename: step('rename', fs.rename),
    exchange: step('exchange', fs.exchange),
    unlink: step('unlink', fs.unlink),
    rmdir: step('rmdir', fs.rmdir),
  };
};

/** One operation for a simulated crash, without the cost of a child process for each of some thousand runs. */
export const simulatedExchange: Fs = {
  ...nodeFs,
  exchange: (one, other) => {
    renameSync(one, `${one}.swap`);
    renameSync(other, one);
    renameSync(`${one}.swap`, other);
    return true;
  },
};

/** A system that cannot swap two directories. */
export const noExchange: Fs = { ...nodeFs, exchange: () => false };

/** For runs that crash in this process: to the next run their process is gone. */
export const ghosts: Processes = { self: { pid: 7, start: '0', host: 'ghost' }, alive: () => false };

/** The error that the work throws; fails when it throws none. */
export const thrown = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};
