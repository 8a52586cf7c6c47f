import * as fs from 'node:fs';
import type { Snapshot } from '../files/snapshot';
import type { Files } from './file-table';
import { fingerprint } from './fingerprint';

/**
 * The folders and files of a folder of inputs, known by the fingerprint of all that is in it; a known state whose files are as they
 * were is taken over unread, everything else is what `read` gives.
 */
export function folderState(
  root: string,
  folder: string,
  known: Files | undefined,
  read: (folder: string) => Snapshot,
): Files {
  return known && isUnchanged(root === '.' ? '' : `${root}/`, known) ? known : stateOf(folder, read(folder));
}

const GONE = { throwIfNoEntry: false } as const;

/** Thousands of files are looked at in a run in which nothing else is done. */
function isUnchanged(prefix: string, { paths, folders, stamps, at }: Files): boolean {
  for (let i = 0; i < paths.length; i += 1) {
    const stat = fs.lstatSync(`${prefix}${paths[i]}`, GONE);
    if (stat === undefined || stat.mtimeMs !== stamps[at + 2 * i + 1]) return false;
    if ((i < folders ? stat.ino : stat.size) !== stamps[at + 2 * i]) return false;
  }
  return folders > 0;
}

/** Links and what cannot be read are told by what they are; what looks at the folder refuses them, so they never count as known. */
function stateOf(folder: string, snapshot: Snapshot): Files {
  const folders: string[] = [];
  const files: string[] = [];
  const stamps: number[] = [];
  const stampsOfFiles: number[] = [];
  const visit = (path: string, at: Snapshot): void => {
    if (at.kind === 'folder') {
      folders.push(path);
      stamps.push(at.stamp.number, at.stamp.mtimeMs);
      for (const [name, entry] of at.entries) visit(`${path}/${name}`, entry);
    } else if (at.kind === 'file') {
      files.push(path);
      stampsOfFiles.push(at.stamp.number, at.stamp.mtimeMs);
    }
  };
  visit(folder, snapshot);
  return {
    mark: contentOf(snapshot),
    paths: [...folders, ...files],
    folders: folders.length,
    contents: [],
    stamps: [...stamps, ...stampsOfFiles],
    at: 0,
  };
}

/** The fingerprint of all that is in a folder: folders with the same in them have the same one, wherever they stand. */
export function contentOf(snapshot: Snapshot): string {
  const told: string[] = [];
  const visit = (path: string, at: Snapshot): void => {
    told.push(path);
    if (at.kind === 'folder') for (const [name, entry] of at.entries) visit(`${path}/${name}`, entry);
    else if (at.kind === 'file') told.push(at.bytes.toString('latin1'));
    else told.push(at.kind === 'absent' ? 'absent' : `${at.kind} ${Date.now()}`);
  };
  visit('', snapshot);
  return fingerprint(...told);
}
