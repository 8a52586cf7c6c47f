import * as fs from 'node:fs';
import type { Snapshot } from '../files/snapshot';
import { fingerprint } from './fingerprint';

/** A folder of inputs as it was when it was last read: the fingerprint of all that was in it, and how to see that it still is. */
export interface FolderState {
  readonly content: string;
  /** Path, inode and time of each folder: an entry that comes or goes changes the time. */
  readonly folders: readonly (readonly [path: string, inode: number, mtimeMs: number])[];
  /** Path, size and time of each file. */
  readonly files: readonly (readonly [path: string, size: number, mtimeMs: number])[];
}

/**
 * The state of a folder and the fingerprint of all that is in it; a known state whose files are as they were is taken over
 * unread, everything else is what `read` gives.
 */
export function folderState(
  root: string,
  folder: string,
  known: FolderState | undefined,
  read: (folder: string) => Snapshot,
): FolderState {
  return known && isUnchanged(root, known) ? known : stateOf(folder, read(folder));
}

function isUnchanged(root: string, known: FolderState): boolean {
  for (const [folder, inode, mtimeMs] of known.folders) {
    const stat = fs.lstatSync(`${root}/${folder}`, { throwIfNoEntry: false });
    if (stat === undefined || stat.mtimeMs !== mtimeMs || stat.ino !== inode) return false;
  }
  for (const [file, size, mtimeMs] of known.files) {
    const stat = fs.lstatSync(`${root}/${file}`, { throwIfNoEntry: false });
    if (stat === undefined || stat.mtimeMs !== mtimeMs || stat.size !== size) return false;
  }
  return known.folders.length > 0;
}

/** Links and what cannot be read are told by what they are; what looks at the folder refuses them, so they never count as known. */
function stateOf(folder: string, snapshot: Snapshot): FolderState {
  const folders: (readonly [string, number, number])[] = [];
  const files: (readonly [string, number, number])[] = [];
  const told: (string | Uint8Array)[] = [];
  const visit = (path: string, at: Snapshot): void => {
    told.push(path);
    if (at.kind === 'folder') {
      folders.push([path, at.stamp.number, at.stamp.mtimeMs]);
      for (const [name, entry] of at.entries) visit(`${path}/${name}`, entry);
    } else if (at.kind === 'file') {
      files.push([path, at.stamp.number, at.stamp.mtimeMs]);
      told.push(at.bytes);
    } else told.push(at.kind === 'absent' ? 'absent' : `${at.kind} ${Date.now()}`);
  };
  visit(folder, snapshot);
  return { content: fingerprint(...told), folders, files };
}
