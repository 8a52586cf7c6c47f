import * as fs from 'node:fs';
import * as path from 'node:path';
import { compareText } from '../diagnostic/format';
import { type Snapshot, snapshotOf } from '../files/snapshot';
import { decodeUtf8 } from '../files/utf8';
import type { CatalogCode } from './codes';
import type { MigrationFile, MigrationPhase } from './service';
import { compareVersions } from './versions';

export const MIGRATION_PHASES = ['expand', 'backfill', 'contract'] as const satisfies readonly MigrationPhase[];

/** A folder of migrations as it was read, with what is wrong in it. */
export interface MigrationFolder {
  readonly files: readonly MigrationFile[];
  readonly problems: readonly {
    readonly code: CatalogCode;
    readonly message: string;
    readonly hint: string;
    readonly file: string;
  }[];
}

/** Flyway's file names; what does not match is silently passed over unless validateMigrationNaming is on. */
const FILE_NAME = /^(?:V(?<version>[0-9]+(?:[._][0-9]+)*)|R)__[A-Za-z0-9_]+\.sql$/;

/** A ConfigMap holds 1 MiB with everything; 16 KiB are left for names and metadata. */
const LARGEST_BYTES = 1024 * 1024 - 16 * 1024;

/**
 * The Flyway files below `<root>/<directory>/{expand,backfill,contract}`, by version, repeatable ones last. Symbolic links are
 * refused, so that nothing outside the repository is read. `read` gives what stands at a path.
 */
export function readMigrations(
  root: string,
  directory: string,
  read: (directory: string) => Snapshot = (folder) => snapshotOf(root, folder),
): MigrationFolder {
  const problems: { code: CatalogCode; message: string; hint: string; file: string }[] = [];
  const files: MigrationFile[] = [];
  const problem: Problem = (code, file, message, hint) => void problems.push({ code, file, message, hint });
  try {
    readFolder(read(directory), { root, directory, files, problem });
  } catch (error) {
    // What the system refuses: no permission, a name too long, a folder that goes away meanwhile.
    unreadable(problem, directory, error instanceof Error ? error.message : String(error));
  }
  return { files, problems };
}

interface Reading {
  readonly root: string;
  readonly directory: string;
  readonly files: MigrationFile[];
  readonly problem: Problem;
}

function readFolder(base: Snapshot, { root, directory, files, problem }: Reading): void {
  const linked = firstLink(root, directory, base);
  if (linked !== undefined) {
    problem('CAT060', directory, `${linked} is a symbolic link`, 'put the folder itself in its place');
    return;
  }
  if (base.kind === 'unreadable') {
    unreadable(problem, directory, base.reason);
    return;
  }
  if (base.kind !== 'folder') {
    const hint = 'create it with the folders expand, backfill and contract';
    problem('CAT060', directory, `there is no folder ${directory}`, hint);
    return;
  }
  tellStrays(base, directory, problem);
  for (const phase of MIGRATION_PHASES) files.push(...readPhase(entryOf(base, phase), directory, phase, problem));
  files.sort(byVersion);
  tellTwins(files, problem);
  const bytes = files.reduce((sum, file) => sum + Buffer.byteLength(file.sql) + Buffer.byteLength(file.conf ?? ''), 0);
  if (bytes > LARGEST_BYTES) {
    problem(
      'CAT066',
      directory,
      `the files have ${bytes} bytes, and a ConfigMap holds ${LARGEST_BYTES}`,
      'split what one service owns into several services, or shorten the files',
    );
  }
}

type Folder = Extract<Snapshot, { readonly kind: 'folder' }>;

const entryOf = (folder: Folder, name: string): Snapshot | undefined =>
  folder.entries.find(([one]) => one === name)?.[1];

function unreadable(problem: Problem, directory: string, reason: string): void {
  problem('CAT060', directory, `${directory} cannot be read: ${reason}`, 'make it readable');
}

type Problem = (code: CatalogCode, file: string, message: string, hint: string) => void;

/** What stands beside the folders of the phases would never be looked at. */
function tellStrays({ entries }: Folder, directory: string, problem: Problem): void {
  for (const [name, { kind }] of entries) {
    const isPhase = MIGRATION_PHASES.some((phase) => phase === name);
    if (kind === 'folder' ? isPhase : !isPhase && !/\.(sql|conf)$/i.test(name)) continue;
    const file = `${directory}/${name}`;
    if (kind === 'unreadable') continue;
    const message = isPhase ? `${file} is not a folder` : `${file} is in none of the folders of phases`;
    problem('CAT061', file, message, `the folders are: ${MIGRATION_PHASES.join(', ')}`);
  }
}

/** Flyway compares versions by their numbers, so that 1 and 1.0 are the same, and repeatable migrations by their names. */
function tellTwins(files: readonly MigrationFile[], problem: Problem): void {
  for (const [i, file] of files.entries()) {
    const before = files[i - 1];
    if (before === undefined || (byVersion(before, file) !== 0 && !sameVersion(before, file))) continue;
    const message =
      file.version === undefined
        ? `${file.name} stands in ${before.phase} and in ${file.phase}`
        : `${before.name} and ${file.name} have the same version`;
    problem('CAT062', file.name, message, 'give one of them a version or a name of its own');
  }
}

const sameVersion = (a: MigrationFile, b: MigrationFile): boolean =>
  a.version !== undefined && b.version !== undefined && compareVersions(a.version, b.version) === 0;

function readPhase(
  folder: Snapshot | undefined,
  directory: string,
  phase: MigrationPhase,
  problem: Problem,
): readonly MigrationFile[] {
  if (folder?.kind === 'unreadable') unreadable(problem, `${directory}/${phase}`, folder.reason);
  if (folder?.kind !== 'folder') return [];
  const files: MigrationFile[] = [];
  for (const [name, entry] of folder.entries) {
    const file = `${directory}/${phase}/${name}`;
    if (entry.kind === 'unreadable') unreadable(problem, file, entry.reason);
    else if (entry.kind !== 'file')
      problem('CAT061', file, `${file} is not a plain file`, 'keep only Flyway files here, without links or folders');
    else if (name.endsWith('.sql.conf')) {
      if (entryOf(folder, name.slice(0, -'.conf'.length)) === undefined)
        problem('CAT061', file, `${file} belongs to no migration`, 'name it <migration>.sql.conf');
    } else {
      const version = versionOf(name, file, phase, problem);
      if (version === undefined) continue;
      const conf = entryOf(folder, `${name}.conf`);
      files.push({
        name,
        phase,
        version: version === 'repeatable' ? undefined : version,
        sql: textOf(entry.bytes, file, problem),
        conf: conf?.kind === 'file' ? textOf(conf.bytes, `${file}.conf`, problem) : undefined,
      });
    }
  }
  return files;
}

/** The version in the name of a file; undefined, and told, where it is no name of a migration. */
function versionOf(
  name: string,
  file: string,
  phase: MigrationPhase,
  problem: Problem,
): string | 'repeatable' | undefined {
  const match = FILE_NAME.exec(name);
  if (match === null) {
    problem(
      'CAT061',
      file,
      `${file} is not named as Flyway wants, and would be passed over`,
      'name it V<version>__<words>.sql, with letters, digits and _',
    );
    return undefined;
  }
  const version = match.groups?.version?.replaceAll('_', '.');
  if (version === undefined && phase !== 'expand')
    problem(
      'CAT067',
      file,
      `${file} is repeatable, and Flyway runs those with every Job, also before its phase`,
      'move it to expand/, or give it a version',
    );
  return version ?? 'repeatable';
}

/** Without a byte order mark, as Flyway reads it. */
function textOf(bytes: Uint8Array, shown: string, problem: Problem): string {
  const text = decodeUtf8(bytes);
  if (text !== undefined) return text.startsWith('\ufeff') ? text.slice(1) : text;
  problem('CAT060', shown, `${shown} is not UTF-8 text`, 'save it as UTF-8');
  return '';
}

function byVersion(a: MigrationFile, b: MigrationFile): number {
  if (a.version === undefined || b.version === undefined) {
    return Number(a.version === undefined) - Number(b.version === undefined) || compareText(a.name, b.name);
  }
  return compareVersions(a.version, b.version) || compareText(a.name, b.name);
}

/** The first folder on the way that is a symbolic link. */
function firstLink(root: string, directory: string, base: Snapshot): string | undefined {
  const parts = directory.split('/');
  for (let length = 1; length < parts.length; length += 1) {
    const relative = parts.slice(0, length).join('/');
    if (fs.lstatSync(path.join(root, relative), { throwIfNoEntry: false })?.isSymbolicLink()) return relative;
  }
  if (base.kind === 'link') return directory;
  const phase = MIGRATION_PHASES.find((name) => base.kind === 'folder' && entryOf(base, name)?.kind === 'link');
  return phase === undefined ? undefined : `${directory}/${phase}`;
}
