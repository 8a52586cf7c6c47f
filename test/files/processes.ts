import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** A program for a process of its own, in a directory that any user may read. */
export const bundleChild = (dir: string): string => {
  const outfile = join(dir, 'child.cjs');
  const entryPoints = [join(__dirname, 'child.ts')];
  buildSync({ entryPoints, outfile, bundle: true, platform: 'node', target: 'node20', logLevel: 'error' });
  chmodSync(dir, 0o755);
  return outfile;
};

export interface Running {
  readonly process: ChildProcess;
  /** Settles when the program starts its work. */
  readonly started: Promise<void>;
  readonly ended: Promise<{ readonly signal: NodeJS.Signals | null; readonly output: string }>;
}

export const start = (program: string, ...args: readonly string[]): Running => {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  const started = new Promise<void>((resolve) => {
    child.stdout.on('data', (data) => {
      output += String(data);
      resolve();
    });
  });
  const ended = new Promise<{ signal: NodeJS.Signals | null; output: string }>((resolve) => {
    child.on('close', (_, signal) => resolve({ signal, output }));
  });
  return { process: child, started, ended };
};

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
