import { errnoOf, TreeFault } from './fault';
import type { Entry, Fs } from './fs';
import type { Place } from './path';

/** What stands at a root: relative paths. `directories` has '' for the root itself and nothing when it is absent. */
export interface Listing {
  readonly files: ReadonlySet<string>;
  readonly directories: ReadonlySet<string>;
}

const foreign = (place: Place, path: string, { kind }: Entry): TreeFault =>
  new TreeFault({
    code: 'TREE004',
    path: `${place.shown}/${path}`,
    message: `${place.shown}/${path} is ${kind === 'link' ? 'a symbolic link' : 'neither a file nor a directory'}; the tree is untouched`,
    hint: `remove it: ${place.shown} holds rendered files only`,
  });

/**
 * Lists the tree once, so that a file that is absent later costs no failing system call.
 * Refuses a root that is not a directory or is a repository, and any link in it: nothing is written through a link.
 */
export const listTree = (fs: Fs, place: Place): Listing => {
  const files = new Set<string>();
  const directories = new Set<string>();
  const walk = (directory: string): void => {
    directories.add(directory);
    for (const entry of fs.list(directory === '' ? place.root : `${place.root}/${directory}`)) {
      const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
      if (path === '.git')
        throw refusedRoot(place, 'is a git repository: files that are not rendered would be removed');
      if (entry.kind === 'file') files.add(path);
      else if (entry.kind === 'directory') walk(path);
      else throw foreign(place, path, entry);
    }
  };
  const kind = fs.kind(place.root);
  if (kind === 'link') throw refusedRoot(place, 'is a symbolic link');
  if (kind !== undefined && kind !== 'directory') throw refusedRoot(place, 'is not a directory');
  if (kind === 'directory') walk('');
  return { files, directories };
};

const refusedRoot = (place: Place, said: string): TreeFault =>
  new TreeFault({
    code: 'TREE003',
    path: place.shown,
    message: `${place.shown} ${said}; it is untouched`,
    hint: 'name a directory that holds rendered files only, such as dist',
  });

/** Removes a file that may be gone already. */
export const removeFile = (fs: Fs, path: string): void => {
  try {
    fs.unlink(path);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
};

/** Removes a directory with all in it, links not followed. */
export const removeTree = (fs: Fs, directory: string): void => {
  for (const { name, kind } of fs.list(directory)) {
    const path = `${directory}/${name}`;
    if (kind === 'directory') removeTree(fs, path);
    else fs.unlink(path);
  }
  fs.rmdir(directory);
};
