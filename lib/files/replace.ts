import { bestEffort, TreeFault } from './fault';
import type { Listing } from './listing';
import { parentOf } from './path';
import type { Opened } from './recover';
import type { Stage } from './stage';

/** The step from the old tree to the new one. */
export interface Change {
  readonly old: Listing;
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
}

/**
 * Puts the new tree in the place of the old one. What a reader, or a machine after kill -9, can see:
 *
 * - nothing to change: nothing is touched.
 * - no root yet: one rename. One file written into a directory that is there, or one removed: one rename or unlink.
 * - more, where the system can swap two directories (Linux on x64 and arm64, macOS; with perl, and a file system that
 *   can: ext4, xfs, btrfs, tmpfs, APFS): one swap. At every moment the root is the old tree or the new one, whole.
 * - more, elsewhere: two renames. Between them the root is absent, never mixed; after a kill at that moment the next
 *   openTree or recover puts the old tree back.
 * - more, where the root can be neither swapped nor renamed (a mount point; a directory of a lower layer of a container
 *   image): a fault, the old tree whole.
 *
 * Not promised: what a power cut leaves, for nothing is flushed to the disk; the tree can be rendered again.
 */
export const replaceTree = (opened: Opened, stage: Stage, change: Change): void => {
  const { fs, place } = opened;
  const { old, written, removed } = change;
  const [file, ...others] = [...written, ...removed];
  if (file === undefined) return;
  if (old.directories.size === 0) fs.rename(stage.root, place.root);
  else if (others.length > 0) swap(opened, stage, change);
  else if (removed.length > 0) fs.unlink(`${place.root}/${file}`);
  else if (replaceable(old, file)) fs.rename(stage.at(file), `${place.root}/${file}`);
  else swap(opened, stage, change);
};

/** Whether one rename puts the file there: its directory exists, and no directory stands in its place. */
const replaceable = (old: Listing, file: string): boolean =>
  old.directories.has(parentOf(file)) && !old.directories.has(file);

/** Directories this user may not change are left alone, though a swap would go round them. */
const swap = (opened: Opened, stage: Stage, { old, unchanged }: Change): void => {
  const { fs, place } = opened;
  for (const directory of old.directories)
    fs.ensureWritable(directory === '' ? place.root : `${place.root}/${directory}`);
  stage.ensureDirectory('');
  for (const path of unchanged) stage.link(`${place.root}/${path}`, path);
  if (!fs.exchange(stage.root, place.root)) twoRenames(opened, stage);
};

const twoRenames = ({ fs, place, session }: Opened, stage: Stage): void => {
  const aside = `${place.parent}/${session.old}`;
  fs.rename(place.root, aside);
  try {
    fs.rename(stage.root, place.root);
  } catch (error) {
    putBack(() => fs.rename(aside, place.root), place.shown, aside);
    throw error;
  }
  bestEffort(() => fs.rename(aside, stage.root));
};

const putBack = (rename: () => void, path: string, aside: string): void => {
  try {
    rename();
  } catch (error) {
    const message = `${path} could not be replaced, nor the old tree put back: it stands whole in ${aside}`;
    throw new TreeFault({ code: 'TREE007', path, message, hint: `run again, or rename ${aside} to ${path}` }, error);
  }
};
