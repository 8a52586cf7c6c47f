import * as fs from 'node:fs';
import * as path from 'node:path';
import { type FileState, unchangedState } from './file-state';
import { fingerprint } from './fingerprint';

/** A folder of inputs with all its files, as they were when they were last read. */
export interface FolderState {
  readonly content: string;
  /** Folders by path: an entry that comes or goes changes their time. */
  readonly folders: readonly (readonly [path: string, mtimeMs: number, inode: number])[];
  readonly files: readonly (readonly [path: string, state: FileState])[];
}

/** The state of a folder and the fingerprint of all that is in it; a known state whose files are as they were is taken over unread. */
export function folderState(root: string, folder: string, known: FolderState | undefined): FolderState {
  return (known && unchangedFolder(root, known)) ?? readFolder(root, folder);
}

function unchangedFolder(root: string, known: FolderState): FolderState | undefined {
  for (const [folder, mtimeMs, inode] of known.folders) {
    const stat = fs.lstatSync(`${root}/${folder}`, { throwIfNoEntry: false });
    if (stat === undefined || stat.mtimeMs !== mtimeMs || stat.ino !== inode) return undefined;
  }
  for (const [file, state] of known.files) {
    if (unchangedState(`${root}/${file}`, state) !== state) return undefined;
  }
  return known;
}

/** Links are told by what they are, never followed: what reads the folder refuses them. */
function readFolder(root: string, folder: string): FolderState {
  const folders: (readonly [string, number, number])[] = [];
  const files: (readonly [string, FileState])[] = [];
  const told: string[] = [];
  const visit = (relative: string): void => {
    const stat = fs.lstatSync(path.join(root, relative), { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      folders.push([relative, stat.mtimeMs, stat.ino]);
      for (const name of fs.readdirSync(path.join(root, relative)).sort()) visit(`${relative}/${name}`);
    } else if (stat?.isFile()) {
      const content = fingerprint(fs.readFileSync(path.join(root, relative)));
      files.push([relative, { size: stat.size, mtimeMs: stat.mtimeMs, content }]);
      told.push(relative, content);
    } else told.push(relative, stat === undefined ? 'absent' : `special ${stat.mode} ${Date.now()}`);
  };
  visit(folder);
  return { content: fingerprint(...told), folders, files };
}
