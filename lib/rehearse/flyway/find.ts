import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Diagnostic } from '../../diagnostic/diagnostic';
import { findCommand } from '../commands';
import { finding } from '../finding';
import { buildFlyway, missingForFlyway } from './build';
import { coreProgram, type FlywayProgram } from './run';

/** A Flyway that can be started. */
export interface Flyway {
  /** Which one it is, for people. */
  readonly told: string;
  readonly program: FlywayProgram;
}

/** The version in the tag of an image; undefined where the tag is none. */
export const imageVersion = (image: string): string | undefined =>
  /:v?(?<version>\d+(?:\.\d+)+)(?:[-@]|$)/.exec(image)?.groups?.version;

/**
 * The `flyway` of PATH where it has the version of the image, else the core of that version from Maven's repository. A
 * finding where there is neither.
 */
export async function findFlyway(image: string): Promise<Flyway | Diagnostic> {
  const version = imageVersion(image);
  if (version === undefined)
    return finding('MIG022', 'platform.flyway.image', `the version of Flyway cannot be told from ${image}`, {
      hint: 'name the image by a numbered tag, with the digest behind it',
    });
  const installed = findCommand('flyway');
  if (installed !== undefined && (await installedVersion(installed)) === version)
    return { told: `Flyway ${version} from ${installed}`, program: { command: installed, args: () => [] } };
  const missing = missingForFlyway(version);
  if (missing.length > 0)
    return finding(
      'MIG022',
      'platform.flyway.image',
      `there is no Flyway ${version} here, and no ${missing.join(', ')}`,
      {
        hint: `install ${missing.join(', ')}, with which Flyway's core is brought from Maven Central once, or put flyway ${version} on the PATH`,
      },
    );
  try {
    const classPath = await buildFlyway(version);
    return { told: `Flyway ${version} (its core, from Maven Central)`, program: coreProgram(classPath) };
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 300) : String(error);
    return finding('MIG022', 'platform.flyway.image', `Maven could not bring Flyway ${version}: ${why}`, {
      hint: 'look whether Maven reaches its repository',
    });
  }
}

/** The time that a program may take to tell its version. */
const VERSION_MS = 30_000;

async function installedVersion(command: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(command, ['--version'], { timeout: VERSION_MS });
    return /Flyway\b.*?\b(\d+(?:\.\d+)+)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}
