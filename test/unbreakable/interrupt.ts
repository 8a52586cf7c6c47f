import { existsSync, readdirSync, readlinkSync, watch } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../tools/mutate';
import { leftovers, type Place, place, plant, type Tree, treeOf, useVersions } from './place';
import { type Ended, type Started, sleep, startSynth, synth } from './run';

/** A place with the trees of two catalogs, and how long a run takes. */
export interface Stage {
  readonly place: Place;
  readonly old: Tree;
  readonly new: Tree;
  readonly takesMs: number;
}

/** The catalog of the stage is the new one. */
export function stage(): Stage {
  const here = place();
  const trees = (['old', 'new'] as const).map((which) => {
    useVersions(here, which);
    const { status, stderr } = synth(here);
    if (status !== 0) throw new Error(stderr);
    return treeOf(here.dist) ?? {};
  });
  const [old = {}, fresh = {}] = trees;
  plant(here.dist, old);
  const began = performance.now();
  synth(here);
  return { place: here, old, new: fresh, takesMs: performance.now() - began };
}

export type Outcome = 'old' | 'new';

/**
 * Sends a signal to a run: half of them at any moment, half soon after it began to write beside the tree, which is the
 * shorter part. Gives how it ended and what stands there; throws when that is neither tree.
 */
export async function interrupted(
  { place: here, old, new: fresh, takesMs }: Stage,
  signal: NodeJS.Signals,
  random: Random,
): Promise<{ readonly ended: Ended; readonly outcome: Outcome }> {
  plant(here.dist, old);
  const writing = random.next() < 0.5 ? stageAppears(here) : undefined;
  const wait = random.next() * (writing === undefined ? 1.2 * takesMs : 40);
  const run = startSynth(here);
  await Promise.race([writing, run.ended]);
  const ended = await killed(run, signal, wait);
  await nobodyIn(here);
  const seen = JSON.stringify(treeOf(here.dist));
  if (seen !== JSON.stringify(old) && seen !== JSON.stringify(fresh))
    throw new Error(`a mix after ${wait} ms: ${Object.keys(treeOf(here.dist) ?? {}).join(' ')}`);
  return { ended, outcome: seen === JSON.stringify(old) ? 'old' : 'new' };
}

async function killed(run: Started, signal: NodeJS.Signals, wait: number): Promise<Ended> {
  await Promise.race([sleep(wait), run.ended]);
  run.process.kill(signal);
  return run.ended;
}

/** When the new tree is begun beside the old one. */
function stageAppears({ folder }: Place): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(folder, (_, name) => {
      if (!name?.startsWith('.cutover-stage')) return;
      watcher.close();
      resolve();
    });
    watcher.unref();
  });
}

/** Waits for what the run has started: who reads file by file while a tree is exchanged sees some of both. */
async function nobodyIn(here: Place): Promise<void> {
  for (let i = 0; processesIn(here).length > 0; i += 1) {
    if (i === 200) throw new Error(`processes outlive the run: ${processesIn(here).join(', ')}`);
    await sleep(5);
  }
}

/** Processes that still work in the place, as the kernel tells; none where it has no /proc. */
const processesIn = ({ folder }: Place): readonly string[] =>
  existsSync('/proc/self/cwd') ? readdirSync('/proc').filter((id) => /^\d+$/.test(id) && cwdOf(id) === folder) : [];

function cwdOf(id: string): string | undefined {
  try {
    return readlinkSync(join('/proc', id, 'cwd'));
  } catch {
    return undefined;
  }
}

/** What the next run leaves beside the new tree, or says against it; nothing when all is well. */
export function nextRunLeaves({ place: here, new: fresh }: Stage): readonly string[] {
  const { status, stderr } = synth(here);
  if (status !== 0) return [`exit code ${status}`, stderr];
  if (JSON.stringify(treeOf(here.dist)) !== JSON.stringify(fresh)) return ['another tree'];
  return [...leftovers(here), ...processesIn(here).map((id) => `process ${id}`)];
}

export interface Tally {
  readonly runs: number;
  readonly old: number;
  readonly new: number;
  /** Runs that were over before the signal came. */
  readonly late: number;
}

/** Kill -9, again and again, each followed by a run that has to clean up; `progress` hears of each. */
export async function killManyTimes(
  runs: number,
  random: Random,
  progress: (tally: Tally) => void = () => undefined,
): Promise<Tally> {
  const here = stage();
  const counts = { old: 0, new: 0, late: 0 };
  for (let i = 0; i < runs; i += 1) {
    const { ended, outcome } = await interrupted(here, 'SIGKILL', random);
    counts[ended.signal === null ? 'late' : outcome] += 1;
    const left = nextRunLeaves(here);
    if (left.length > 0) throw new Error(`run ${i} left ${left.join(', ')}`);
    progress({ runs: i + 1, ...counts });
  }
  return { runs, ...counts };
}
