import * as fs from 'node:fs';
import * as path from 'node:path';
import { listTree, mergeBase, readBlobs } from '../diff/input/git';
import type { SqlSource } from '../sql/read-file';

/**
 * The migrations below some paths as they are in git where this branch left `ref` ('' is the main branch); a text says why that
 * cannot be told.
 */
export function baseSources(ref: string, paths: readonly string[]): readonly SqlSource[] | string {
  const commit = mergeBase(ref === '' ? undefined : [ref]);
  if (typeof commit !== 'string') return commit.message;
  const tree = listTree(commit);
  if ('code' in tree) return tree.message;
  const top = repositoryOf(process.cwd());
  const wanted = tree.flatMap(({ path: file, id }) => {
    const shown = /\.sql$/.test(file) ? shownPath(path.join(top, file), paths) : undefined;
    return shown === undefined ? [] : [{ path: shown, id }];
  });
  const blobs = readBlobs(wanted.map(({ id }) => id));
  if ('code' in blobs) return blobs.message;
  return wanted.map((one) => ({ path: one.path, bytes: blobs.get(one.id) ?? new Uint8Array() }));
}

/** The folder of the repository: the nearest one above with .git in it. */
function repositoryOf(folder: string): string {
  const above = path.dirname(folder);
  return fs.existsSync(path.join(folder, '.git')) || above === folder ? folder : repositoryOf(above);
}

/** How a file is named when one of the paths was given; undefined where it lies below none of them. */
function shownPath(file: string, paths: readonly string[]): string | undefined {
  for (const given of paths) {
    const below = path.relative(path.resolve(given), file);
    if (below === '') return path.normalize(given).replaceAll(path.sep, '/');
    if (!below.startsWith('..') && !path.isAbsolute(below)) return path.join(given, below).replaceAll(path.sep, '/');
  }
  return undefined;
}
