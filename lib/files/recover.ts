import { asFault, bestEffort } from './fault';
import { type Fs, nodeFs } from './fs';
import { removeFile, removeTree } from './listing';
import { type Locked, takeLock } from './lock';
import { locate, type Place } from './path';
import { nodeProcesses, type Processes } from './processes';

export interface TreeOptions {
  /** @default nodeFs - the file system of the machine */
  readonly fs?: Fs;
  /** @default nodeProcesses() - the processes of the machine */
  readonly processes?: Processes;
  /** How long a second run waits for the first. It blocks the thread. @default 10000 milliseconds */
  readonly lockWaitMs?: number;
  /** Whose files are this run's to remove; all others stay as they are. @default () => true - the whole tree is its own */
  readonly owns?: (path: string) => boolean;
}

/** A root that is locked and whole, with nothing of dead runs beside it. */
export interface Opened extends Omit<Locked, 'leftovers'> {
  readonly fs: Fs;
  readonly place: Place;
  /** True when a run had died between the two renames of the fallback, and the old tree was put back. */
  readonly restored: boolean;
}

/**
 * Puts the old tree back if its run died with the root's name free, and removes the rest.
 * An old tree is removed under a staging name: a removal that is cut short must not look like a tree to put back.
 */
const cleanUp = (fs: Fs, { parent, root }: Place, { session, leftovers }: Locked): boolean => {
  let restored = false;
  for (const { name, role } of leftovers) {
    if (role === 'stage') removeTree(fs, `${parent}/${name}`);
    else if (fs.kind(root) === undefined) {
      fs.rename(`${parent}/${name}`, root);
      restored = true;
    } else {
      fs.rename(`${parent}/${name}`, `${parent}/${session.stage}`);
      removeTree(fs, `${parent}/${session.stage}`);
    }
  }
  return restored;
};

/** Locks a root and cleans up after dead runs. Throws TreeFault, with nothing held. */
export const openRoot = (shown: string, options: TreeOptions): Opened => {
  const { fs = nodeFs, processes = nodeProcesses(), lockWaitMs = 10_000 } = options;
  const place = locate(shown);
  let locked: Locked | undefined;
  try {
    locked = takeLock(fs, place, processes, lockWaitMs);
    const { session } = locked;
    return { fs, place, session, restored: cleanUp(fs, place, locked) };
  } catch (error) {
    const lock = locked?.session.lock;
    if (lock !== undefined) bestEffort(() => removeFile(fs, `${place.parent}/${lock}`));
    throw asFault(error, place.shown);
  }
};

/**
 * Makes a root whole again after a run that was killed: gives true when the old tree had to be put back.
 * Needed only by who reads the tree without writing it: openTree does the same. Throws TreeFault.
 */
export const recover = (root: string, options: TreeOptions = {}): boolean => {
  const { fs, place, session, restored } = openRoot(root, options);
  bestEffort(() => removeFile(fs, `${place.parent}/${session.lock}`));
  return restored;
};
