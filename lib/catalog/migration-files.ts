import * as fs from 'node:fs';
import * as path from 'node:path';
import { compareText } from '../diagnostic/format';
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
 * refused, so that nothing outside the repository is read.
 */
export function readMigrations(root: string, directory: string): MigrationFolder {
  const problems: { code: CatalogCode; message: string; hint: string; file: string }[] = [];
  const files: MigrationFile[] = [];
  const problem: Problem = (code, file, message, hint) => void problems.push({ code, file, message, hint });
  try {
    readFolder(root, directory, files, problem);
  } catch (error) {
    // What the system refuses: no permission, a name too long, a folder that goes away meanwhile.
    const told = error instanceof Error ? error.message : String(error);
    problem('CAT060', directory, `${directory} cannot be read: ${told}`, 'make it readable');
  }
  return { files, problems };
}

function readFolder(root: string, directory: string, files: MigrationFile[], problem: Problem): void {
  const base = path.join(root, directory);
  const linked = firstLink(root, directory);
  if (linked !== undefined) {
    problem('CAT060', directory, `${linked} is a symbolic link`, 'put the folder itself in its place');
    return;
  }
  if (!isFolder(base)) {
    const hint = 'create it with the folders expand, backfill and contract';
    problem('CAT060', directory, `there is no folder ${directory}`, hint);
    return;
  }
  tellStrays(base, directory, problem);
  for (const phase of MIGRATION_PHASES) files.push(...readPhase(base, directory, phase, problem));
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

/** Whether a folder stands at a path; on the way to it, too, there may be a file or nothing. */
function isFolder(at: string): boolean {
  return statOf(at, fs.statSync)?.isDirectory() ?? false;
}

function statOf(at: string, stat: typeof fs.statSync | typeof fs.lstatSync): fs.Stats | undefined {
  try {
    return stat(at);
  } catch (error) {
    const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

type Problem = (code: CatalogCode, file: string, message: string, hint: string) => void;

/** What stands beside the folders of the phases would never be looked at. */
function tellStrays(base: string, directory: string, problem: Problem): void {
  for (const entry of fs.readdirSync(base, { withFileTypes: true }).sort((a, b) => compareText(a.name, b.name))) {
    const isPhase = MIGRATION_PHASES.some((phase) => phase === entry.name);
    if (entry.isDirectory() ? isPhase : !isPhase && !/\.(sql|conf)$/i.test(entry.name)) continue;
    const file = `${directory}/${entry.name}`;
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

function readPhase(base: string, directory: string, phase: MigrationPhase, problem: Problem): MigrationFile[] {
  const folder = path.join(base, phase);
  if (!isFolder(folder)) return [];
  const names = fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => compareText(a.name, b.name));
  const confs = new Set(
    names.filter((entry) => entry.isFile() && entry.name.endsWith('.sql.conf')).map((entry) => entry.name),
  );
  const files: MigrationFile[] = [];
  for (const entry of names) {
    const file = `${directory}/${phase}/${entry.name}`;
    if (!entry.isFile())
      problem('CAT061', file, `${file} is not a plain file`, 'keep only Flyway files here, without links or folders');
    else if (entry.name.endsWith('.sql.conf')) {
      if (!names.some((other) => `${other.name}.conf` === entry.name))
        problem('CAT061', file, `${file} belongs to no migration`, 'name it <migration>.sql.conf');
    } else {
      const match = FILE_NAME.exec(entry.name);
      if (match === null)
        problem(
          'CAT061',
          file,
          `${file} is not named as Flyway wants, and would be passed over`,
          'name it V<version>__<words>.sql, with letters, digits and _',
        );
      else {
        if (match.groups?.version === undefined && phase !== 'expand')
          problem(
            'CAT067',
            file,
            `${file} is repeatable, and Flyway runs those with every Job, also before its phase`,
            'move it to expand/, or give it a version',
          );
        files.push({
          name: entry.name,
          phase,
          version: match.groups?.version?.replaceAll('_', '.'),
          sql: readText(path.join(folder, entry.name), file, problem),
          conf: confs.has(`${entry.name}.conf`)
            ? readText(path.join(folder, `${entry.name}.conf`), file, problem)
            : undefined,
        });
      }
    }
  }
  return files;
}

function readText(file: string, shown: string, problem: Problem): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(fs.readFileSync(file));
  } catch (error) {
    problem(
      'CAT060',
      shown,
      `${shown} cannot be read as UTF-8: ${error instanceof Error ? error.message : String(error)}`,
      'save it as UTF-8',
    );
    return '';
  }
}

function byVersion(a: MigrationFile, b: MigrationFile): number {
  if (a.version === undefined || b.version === undefined) {
    return Number(a.version === undefined) - Number(b.version === undefined) || compareText(a.name, b.name);
  }
  return compareVersions(a.version, b.version) || compareText(a.name, b.name);
}

/** The first folder on the way that is a symbolic link. */
function firstLink(root: string, directory: string): string | undefined {
  const parts = directory.split('/');
  for (let length = 1; length <= parts.length + 1; length += 1) {
    for (const phase of length > parts.length ? MIGRATION_PHASES : ['']) {
      const relative = [...parts.slice(0, length), phase].filter((part) => part !== '').join('/');
      if (statOf(path.join(root, relative), fs.lstatSync)?.isSymbolicLink()) return relative;
    }
  }
  return undefined;
}
