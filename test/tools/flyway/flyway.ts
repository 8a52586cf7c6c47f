import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { findCommand } from '../commands';

const CACHE = join(__dirname, '../../../node_modules/.cache/cutover/flyway');

/** One build for each state of the sources, so an old build is never mistaken for the current one. */
function buildFolder(): string {
  const hash = createHash('sha256');
  for (const source of ['pom.xml', 'FlywayMain.java']) {
    hash.update(readFileSync(join(__dirname, source)));
  }
  return join(CACHE, hash.digest('hex').slice(0, 16));
}

/** The commands that are needed and not installed; Maven only as long as there is nothing in the cache. */
export function missingForFlyway(): string[] {
  const needed = existsSync(buildFolder()) ? ['java'] : ['java', 'javac', 'mvn'];
  return needed.filter((command) => findCommand(command) === undefined);
}

/** Brings Flyway from Maven's repository once; appears in the cache whole or not at all. Returns the class path. */
export function buildFlyway(): string {
  const folder = buildFolder();
  if (!existsSync(folder)) {
    mkdirSync(CACHE, { recursive: true });
    const scratch = mkdtempSync(join(CACHE, 'build-'));
    const goals = ['compiler:compile', 'dependency:copy-dependencies'];
    try {
      execFileSync('mvn', ['-q', '-B', '-f', join(__dirname, 'pom.xml'), `-Dout=${scratch}`, ...goals]);
      renameSync(scratch, folder);
    } catch (error) {
      rmSync(scratch, { recursive: true, force: true });
      if (!existsSync(folder)) {
        throw error;
      }
    }
  }
  return `${join(folder, 'classes')}:${join(folder, 'lib')}/*`;
}

export interface FlywayResult {
  readonly status: number | null;
  /** What it wrote, both streams together. */
  readonly output: string;
}

/** A run of Flyway that has been started. */
export class FlywayRun {
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown>;
  private output = '';

  constructor(classPath: string, env: Readonly<Record<string, string>>, args: readonly string[]) {
    // A run is over in a second: the quickest start counts, not the fastest code.
    const java = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xshare:auto', ...javaArguments(env)];
    // Nothing of the caller's environment but PATH: a FLYWAY_* variable of the machine would change the result.
    this.child = spawn('java', [...java, '-cp', classPath, 'FlywayMain', ...args], {
      env: { PATH: process.env.PATH, ...env },
    });
    this.closed = once(this.child, 'close');
    const collect = (chunk: Buffer): void => {
      this.output += chunk.toString();
    };
    this.child.stdout?.on('data', collect);
    this.child.stderr?.on('data', collect);
  }

  async result(): Promise<FlywayResult> {
    await this.closed;
    return { status: this.child.exitCode, output: this.output };
  }

  /** What the kubelet does to a Job past its deadline, without the grace period. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.closed;
  }
}

/** The start script of the official image hands them over in the same way. */
const javaArguments = (env: Readonly<Record<string, string>>): string[] =>
  (env.JAVA_ARGS ?? '').split(' ').filter((argument) => argument !== '');

/**
 * Lays files out as the kubelet mounts a ConfigMap: the content in a folder named by time, `..data` linked to it, and
 * each file a link through `..data`. Returns the folder.
 */
export function configMapVolume(folder: string, files: Readonly<Record<string, string>>): string {
  const content = '..2026_01_01_00_00_00.000000001';
  mkdirSync(join(folder, content), { recursive: true });
  symlinkSync(content, join(folder, '..data'));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, content, name), text);
    symlinkSync(join('..data', name), join(folder, name));
  }
  return folder;
}
