import * as fs from 'node:fs';
import * as path from 'node:path';
import { Arena, UNCHECKED } from './arena';
import { BAR_SIZES, judge } from './bars';
import { growthChart } from './chart';
import { measureDiffs } from './diff';
import { benchmarksDocument } from './document';
import { describeMachine, versionOf, workFolder } from './machine';
import { findProgram } from './measure';
import { type Options, readOptions, USAGE } from './options';
import { PEERS } from './peers';
import { formatProfile, makeReadable, type ProfileSummary, phaseTable, profileSynth } from './profile';
import { barTable, CONTESTANTS, costTable, missed } from './report';
import { Results } from './results';
import { measureSize, provenEquivalent, type Setting } from './run';
import { measureShards } from './shards';
import { snapshot } from './workspace';

const SIZES = [1, 10, 100, 1000, 5000];
/** Sizes of the chart beyond those of the table: one run each. */
const GROWTH = [2000, 10_000, 20_000];
const PROFILED = 1000;
const SHARDED = 10_000;

function main(words: readonly string[]): number {
  const options = readOptions(words);
  if (typeof options === 'string' || options.mode === 'help') {
    process.stderr.write(typeof options === 'string' ? `${options}\n${USAGE}` : USAGE);
    return typeof options === 'string' ? 64 : 0;
  }
  const folder = fs.mkdtempSync(path.join(options.folder ?? workFolder(), 'cutover-bench-'));
  process.once('SIGINT', () => process.exit(130));
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  const repository = process.cwd();
  const product = snapshot(repository, path.join(folder, 'snapshot'));
  if (options.mode === 'profile') return profile(product, folder, options);
  if (options.mode === 'diff') {
    for (const services of options.sizes ?? [PROFILED])
      process.stdout.write(measureDiffs(product, path.join(folder, String(services)), services, options.runs));
    return 0;
  }
  if (options.mode === 'shards') {
    for (const services of options.sizes ?? [SHARDED])
      process.stdout.write(measureShards(product, path.join(folder, String(services)), services, options.shards));
    return 0;
  }
  const peers = PEERS.filter(({ program, title }) => {
    const found = program === undefined || findProgram(program) !== undefined;
    if (!found)
      tell(`${title} is left out: ${program} is not on the PATH (docs/benchmarks.md tells how to install it)`);
    return found;
  });
  return bench({ repository, product, folder, peers, tell }, options);
}

function bench(setting: Setting, { mode, runs, sizes: asked }: Options): number {
  const sizes = asked ?? (mode === 'check' ? BAR_SIZES : SIZES);
  const results = new Results();
  const equivalent = provenEquivalent(setting);
  for (const services of sizes) measureSize(setting, equivalent, services, runs, results);
  const verdicts = judge(results);
  process.stdout.write(
    `CPU seconds\n${costTable(results, sizes, 'seconds')}\nPeak MiB\n${costTable(results, sizes, 'mebibytes')}\n${barTable(verdicts)}`,
  );
  const failed = missed(verdicts);
  for (const line of failed) setting.tell(`missed: ${line}`);
  if (mode === 'check') return failed.length > 0 ? 1 : 0;
  if (asked === undefined && setting.peers.length === PEERS.length) {
    for (const services of GROWTH) measureSize(setting, equivalent, services, 0, results);
    write(setting, results, runs);
  }
  return 0;
}

function write({ repository, product, folder, peers, tell }: Setting, results: Results, runs: number): void {
  const all = [...SIZES, ...GROWTH].sort((a, b) => a - b);
  const series = CONTESTANTS.filter(({ id }) => !['node', 'checkout', UNCHECKED.id].includes(id)).map(
    ({ id, title }) => ({
      title,
      points: all.flatMap((services) => {
        const cost = results.of(id, services);
        return cost === undefined ? [] : [[services, cost.seconds] as const];
      }),
    }),
  );
  const facts = {
    results,
    verdicts: judge(results),
    phases: phaseTable(profiles(product, path.join(folder, 'profile'), PROFILED)),
    sizes: SIZES,
    runs,
    machine: describeMachine(),
    versions: [
      `Node ${process.versions.node}`,
      ...peers.filter(({ id }) => id !== 'json').map((peer) => `${peer.id} ${versionOf(peer, repository)}`),
    ],
    date: new Date().toISOString().slice(0, 10),
  };
  fs.writeFileSync(path.join(repository, 'docs/benchmarks.md'), benchmarksDocument(facts));
  fs.writeFileSync(path.join(repository, 'docs/benchmarks.svg'), growthChart(series));
  tell('docs/benchmarks.md and docs/benchmarks.svg are written');
}

function profile(product: string, folder: string, { sizes }: Options): number {
  for (const services of sizes ?? [PROFILED]) {
    for (const [title, summary] of profiles(product, path.join(folder, `profile-${services}`), services))
      process.stdout.write(`${services} services, ${title}: ${formatProfile(summary)}\n`);
  }
  return 0;
}

function profiles(product: string, folder: string, services: number): readonly (readonly [string, ProfileSummary])[] {
  const { workspace } = new Arena(product, folder, services);
  makeReadable(workspace);
  const cold = profileSynth(workspace);
  workspace.changeOne();
  return [
    ['cold', cold],
    ['warm', profileSynth(workspace)],
  ];
}

process.exitCode = main(process.argv.slice(2));
