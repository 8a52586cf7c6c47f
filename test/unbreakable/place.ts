import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../tools/root';

/** A folder with a catalog to synthesise from. */
export interface Place {
  readonly folder: string;
  readonly dist: string;
}

/** Files by their paths, with their texts. */
export type Tree = Readonly<Record<string, string>>;

const made: string[] = [];

/** A new folder with the committed catalog and its migrations. */
export function place(within = tmpdir()): Place {
  const folder = mkdtempSync(join(within, 'cutover-unbreakable-'));
  made.push(folder);
  cpSync(join(ROOT, 'services.json'), join(folder, 'services.json'));
  cpSync(join(ROOT, 'migrations'), join(folder, 'migrations'), { recursive: true });
  return { folder, dist: join(folder, 'dist') };
}

export function removePlaces(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** What stands below a folder; undefined when the folder is not there. */
export function treeOf(folder: string): Tree | undefined {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return undefined;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries(files.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** Replaces what stands at a folder, by plain writes. */
export function plant(folder: string, tree: Tree): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** What runs left beside the tree. */
export const leftovers = ({ folder }: Place): readonly string[] =>
  readdirSync(folder).filter((name) => name.startsWith('.cutover-'));

const TAGS = { old: '1.0.0', new: '1.0.1' } as const;

/** Gives every service another version, so that every service's file changes. */
export function useVersions({ folder }: Place, which: keyof typeof TAGS): void {
  const file = join(folder, 'services.json');
  const text = readFileSync(file, 'utf8').replaceAll(/("owner": ")[^"]*/g, `$1team-${TAGS[which]}`);
  writeFileSync(file, text);
}
