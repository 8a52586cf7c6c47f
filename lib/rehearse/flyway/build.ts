import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { findCommand } from '../commands';

/** The sources, and where what is built of them is kept, from the root of the project: where every command is run. */
const SOURCES = 'lib/rehearse/flyway';
const CACHE = 'node_modules/.cache/cutover/flyway';

/** One build for each version and each state of the sources, so an old build is never mistaken for the current one. */
function buildFolder(version: string): string {
  const hash = createHash('sha256').update(version);
  for (const source of ['pom.xml', 'FlywayMain.java']) hash.update(readFileSync(resolve(SOURCES, source)));
  return resolve(CACHE, hash.digest('hex').slice(0, 16));
}

/** The commands that are needed and not installed; Maven only as long as there is nothing in the cache. */
export function missingForFlyway(version: string): string[] {
  const needed = existsSync(buildFolder(version)) ? ['java'] : ['java', 'javac', 'mvn'];
  return needed.filter((command) => findCommand(command) === undefined);
}

/** The time that Maven may take for a dozen small packages. */
const BUILD_MS = 300_000;

/**
 * Brings flyway-core and its PostgreSQL module from Maven's repository once; they appear in the cache whole or not at all.
 * Returns the class path.
 */
export async function buildFlyway(version: string): Promise<string> {
  const folder = buildFolder(version);
  if (!existsSync(folder)) {
    mkdirSync(resolve(CACHE), { recursive: true });
    const scratch = mkdtempSync(resolve(CACHE, 'build-'));
    const goals = ['compiler:compile', 'dependency:copy-dependencies'];
    const given = [`-Dout=${scratch}`, `-Dflyway.version=${version}`];
    try {
      const args = ['-q', '-B', '-f', resolve(SOURCES, 'pom.xml'), ...given, ...goals];
      await promisify(execFile)('mvn', args, { timeout: BUILD_MS });
      renameSync(scratch, folder);
    } catch (error) {
      rmSync(scratch, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    }
  }
  return `${join(folder, 'classes')}:${join(folder, 'lib')}/*`;
}
