import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MINIMAL, MINIMAL_FILES, workspace } from '../catalog/minimal';
import { type Case, Cases } from './cases';
import { minimised } from './minimise';
import { probe, type Verdict } from './probe';

export interface FuzzOptions {
  readonly repository: string;
  readonly cases: number;
  readonly seed: number;
  /** It ends here at the latest, whatever was asked for. */
  readonly seconds: number;
  /** The first case's number. @default 0 */
  readonly from?: number;
  readonly progress?: (report: FuzzReport) => void;
}

export interface FuzzReport {
  readonly seed: number;
  readonly cases: number;
  readonly seconds: number;
  readonly clean: number;
  readonly told: number;
  /** How many cases were told of each code. */
  readonly codes: Readonly<Record<string, number>>;
  readonly failures: readonly Failure[];
  readonly slowestMs: number;
  readonly largestMiB: number;
}

export interface Failure {
  readonly number: number;
  readonly why: string;
  readonly story: readonly string[];
  /** The smallest input that was found to fail in the same way. */
  readonly input: string;
}

/** What a catalog below 1 MiB may take at the most: time of the processor, whatever else the machine does. */
const LONGEST_MS = 10_000;
const LARGEST_MIB = 1024;

/** Enough to see what is wrong. */
const MOST_FAILURES = 20;

/** A folder with the migrations of every catalog that cases are made from. */
export function fuzzFolder(repository: string): string {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'cutover-fuzz-'));
  cpSync(join(repository, 'migrations'), join(folder, 'migrations'), { recursive: true });
  const minimal = workspace(MINIMAL_FILES);
  cpSync(minimal, folder, { recursive: true });
  rmSync(minimal, { recursive: true });
  return folder;
}

export function catalogsIn(repository: string): readonly unknown[] {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(repository, file), 'utf8'));
  return [read('services.json'), read('test/golden/catalog.json'), MINIMAL];
}

/** Runs cases until there are enough, or the time is over. */
export function fuzz(options: FuzzOptions): FuzzReport {
  const { repository, seed, from = 0 } = options;
  const cases = new Cases(repository, catalogsIn(repository));
  const folder = fuzzFolder(repository);
  const tally = new Tally(seed);
  try {
    for (let number = from; number < from + options.cases && tally.seconds < options.seconds; number += 1) {
      const made = numbered(number, () => cases.make(seed, number));
      const before = process.cpuUsage();
      const found = probe(made, folder);
      const { user, system } = process.cpuUsage(before);
      const verdict = bounded(found, (user + system) / 1000);
      tally.add(verdict, (user + system) / 1000);
      if (verdict.kind === 'broken') tally.fail(numbered(number, () => failure(number, made, verdict.why, folder)));
      if (tally.cases % 1000 === 0) options.progress?.(tally.report());
      if (tally.isFull) break;
    }
    return tally.report();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What breaks in the fuzzer itself is told with the case that it was at. */
function numbered<T>(number: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`the fuzzer failed at case ${number}`, { cause: error });
  }
}

function bounded(verdict: Verdict, milliseconds: number): Verdict {
  return milliseconds > LONGEST_MS ? { kind: 'broken', why: `${Math.round(milliseconds)} ms` } : verdict;
}

function failure(number: number, { bytes, story, ...beside }: Case, why: string, folder: string): Failure {
  const kind = (words: string) => words.replaceAll(/\d+|"[^"]*"/g, '');
  const fails = (smaller: Buffer) => {
    const again = probe({ bytes: smaller, ...beside }, folder);
    return again.kind === 'broken' && kind(again.why) === kind(why);
  };
  const { migration } = beside;
  const told = migration === undefined ? story : [...story, `with the file ${JSON.stringify(migration.path)}`];
  return { number, why, story: told, input: minimised(bytes, fails).toString('utf8') };
}

/** Counts what came out. */
class Tally {
  readonly #seed: number;
  readonly #began = performance.now();
  readonly #codes = new Map<string, number>();
  readonly #failures: Failure[] = [];
  #clean = 0;
  #slowestMs = 0;
  #largestMiB = 0;
  cases = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  get seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  get isFull(): boolean {
    return this.#failures.length >= MOST_FAILURES;
  }

  add(verdict: Verdict, milliseconds: number): void {
    this.cases += 1;
    this.#slowestMs = Math.max(this.#slowestMs, milliseconds);
    if (verdict.kind === 'clean') this.#clean += 1;
    if (verdict.kind === 'told')
      for (const code of verdict.codes) this.#codes.set(code, (this.#codes.get(code) ?? 0) + 1);
    if (this.cases % 100 === 0) this.#largestMiB = Math.max(this.#largestMiB, process.memoryUsage.rss() / 2 ** 20);
    if (this.#largestMiB > LARGEST_MIB) throw new Error(`${this.#largestMiB} MiB after ${this.cases} cases`);
  }

  /** Each kind of failure once. */
  fail(failure: Failure): void {
    if (!this.#failures.some(({ why }) => why === failure.why)) this.#failures.push(failure);
  }

  report(): FuzzReport {
    return {
      seed: this.#seed,
      cases: this.cases,
      seconds: this.seconds,
      clean: this.#clean,
      told: this.cases - this.#clean - this.#failures.length,
      codes: Object.fromEntries([...this.#codes].sort(([a], [b]) => (a < b ? -1 : 1))),
      failures: this.#failures,
      slowestMs: this.#slowestMs,
      largestMiB: this.#largestMiB,
    };
  }
}
