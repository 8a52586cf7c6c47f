import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface FlywayResult {
  readonly status: number | null;
  /** What it wrote, both streams together. */
  readonly output: string;
}

/** How Flyway is started: a program and what stands before the arguments of the Job. */
export interface FlywayProgram {
  readonly command: string;
  readonly args: (env: Readonly<Record<string, string>>) => readonly string[];
}

/** Flyway's core with the few lines that read what the official image's start script reads. */
export function coreProgram(classPath: string): FlywayProgram {
  // A run is over in a second: the quickest start counts, not the fastest code.
  const quick = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xshare:auto'];
  // The start script of the official image hands JAVA_ARGS over in the same way.
  const given = (env: Readonly<Record<string, string>>) => (env.JAVA_ARGS ?? '').split(' ').filter((one) => one !== '');
  return { command: 'java', args: (env) => [...quick, ...given(env), '-cp', classPath, 'FlywayMain'] };
}

/** A run of Flyway that has been started. */
export class FlywayRun {
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;
  #output = '';

  constructor(program: FlywayProgram, env: Readonly<Record<string, string>>, args: readonly string[]) {
    // Nothing of the caller's environment but what finds programs: a FLYWAY_* variable of the machine would change the
    // result. A group of its own, because the command line's script starts Java as its child.
    this.#child = spawn(program.command, [...program.args(env), ...args], {
      env: { PATH: process.env.PATH, ...(process.env.JAVA_HOME && { JAVA_HOME: process.env.JAVA_HOME }), ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#closed = once(this.#child, 'close');
    const collect = (chunk: Buffer): void => {
      this.#output += chunk.toString();
    };
    this.#child.stdout?.on('data', collect);
    this.#child.stderr?.on('data', collect);
  }

  async result(): Promise<FlywayResult> {
    await this.#closed;
    return { status: this.#child.exitCode, output: this.#output };
  }

  /** What the kubelet does to a Job past its deadline, without the grace period. */
  async kill(): Promise<void> {
    this.#signal();
    await this.#closed;
  }

  #signal(): void {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}
