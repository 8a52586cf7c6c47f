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
  const problem = (code: CatalogCode, file: string, message: string, hint: string) =>
    problems.push({ code, file, message, hint });
  const base = path.join(root, directory);
  const linked = firstLink(root, directory);
  if (linked !== undefined || !fs.existsSync(base)) {
    const message = linked === undefined ? `there is no folder ${directory}` : `${linked} is a symbolic link`;
    problem('CAT060', directory, message, 'create it with the folders expand, backfill and contract');
    return { files: [], problems };
  }
  const files = MIGRATION_PHASES.flatMap((phase) => readPhase(base, directory, phase, problem));
  files.sort(byVersion);
  for (const [i, file] of files.entries()) {
    const before = files[i - 1];
    if (before?.version !== undefined && before.version === file.version) {
      problem(
        'CAT062',
        file.name,
        `${before.name} and ${file.name} have the same version`,
        'give one of them a version of its own',
      );
    }
  }
  const bytes = files.reduce((sum, file) => sum + Buffer.byteLength(file.sql) + Buffer.byteLength(file.conf ?? ''), 0);
  if (bytes > LARGEST_BYTES) {
    problem(
      'CAT066',
      directory,
      `the files have ${bytes} bytes, and a ConfigMap holds ${LARGEST_BYTES}`,
      'replace applied migrations by a baseline',
    );
  }
  return { files, problems };
}

type Problem = (code: CatalogCode, file: string, message: string, hint: string) => void;

function readPhase(base: string, directory: string, phase: MigrationPhase, problem: Problem): MigrationFile[] {
  const folder = path.join(base, phase);
  if (!fs.existsSync(folder)) return [];
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
      const stat = fs.lstatSync(path.join(root, relative), { throwIfNoEntry: false });
      if (stat?.isSymbolicLink()) return relative;
    }
  }
  return undefined;
}
