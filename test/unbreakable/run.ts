import { type ChildProcess, type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../tools/root';
import type { Place } from './place';

export const LAUNCH = join(ROOT, 'lib/cli/launch.cjs');

/** No run of a sample takes longer, on a busy machine too. */
const LONGEST_MS = 60_000;

/** How a process ended, with all that it said. */
export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm run synth`, to its end. `before` stands before the command: another user, another Node. */
export function synth(
  { folder }: Place,
  before: readonly string[] = [],
  launch = LAUNCH,
  options: readonly string[] = [],
): SpawnSyncReturns<string> {
  const [command = process.execPath, ...rest] = [...before, process.execPath, launch, 'synth', ...options];
  return spawnSync(command, rest, { cwd: folder, encoding: 'utf8', timeout: LONGEST_MS });
}

export interface Started {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** The same, without waiting. */
export function startSynth({ folder }: Place, options: readonly string[] = []): Started {
  const child = spawn(process.execPath, [LAUNCH, 'synth', ...options], { cwd: folder, timeout: LONGEST_MS });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += String(data);
  });
  child.stderr.on('data', (data) => {
    stderr += String(data);
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
  return { process: child, ended };
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
