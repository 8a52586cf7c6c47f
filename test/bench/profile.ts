import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { measure } from './measure';
import type { Workspace } from './workspace';

/** V8's format of `--cpu-prof`, as far as it is read here. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Milliseconds by name, the most first. */
export type Shares = readonly (readonly [string, number])[];

export interface ProfileSummary {
  readonly total: number;
  readonly phases: Shares;
  readonly files: Shares;
  readonly functions: Shares;
}

/**
 * The phases by their files: a sample counts for the nearest function up its stack that is in one of them. The rest is start:
 * Node itself, the launcher, loading the bundle.
 */
const PHASES: readonly (readonly [phase: string, files: RegExp])[] = [
  ['validate catalog', /^lib\/catalog\/(validator|check-schema)/],
  ['read migrations', /^lib\/catalog\/migration-files/],
  ['read and complete catalog', /^lib\/catalog\//],
  ['judge migrations', /^(lib\/(sql|cli\/migration-linter)|node_modules\/libpg-query)/],
  ['index', /^lib\/incremental\//],
  ['stringify', /^lib\/manifest\/yaml/],
  ['check objects: schemas', /^lib\/manifest\/(validators|object-shapes)/],
  ['check objects: rules', /^lib\/manifest\//],
  ['write', /^lib\/files\//],
  ['render', /^(charts|node_modules\/(cdk8s|constructs))\//],
];
const START = 'start and load';

/** Makes the bundle anew, with the comments that tell what comes from which file, and leaves the workspace for a cold run. */
export function makeReadable(workspace: Workspace): void {
  const build = path.join(workspace.root, 'lib/build/build.mjs');
  fs.writeFileSync(build, fs.readFileSync(build, 'utf8').replace('minifyWhitespace: true', 'minifyWhitespace: false'));
  // The first makes the bundle, the second loads its code cache.
  for (let run = 0; run < 2; run += 1) {
    measure(workspace.synth);
    workspace.forget();
  }
}

/** Profiles one synth of a workspace whose bundle is readable. */
export function profileSynth(workspace: Workspace): ProfileSummary {
  const folder = path.join(workspace.root, '.profile');
  fs.rmSync(folder, { recursive: true, force: true });
  const { command, arguments: given, cwd } = workspace.synth;
  const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=250'];
  const result = spawnSync(command, [...flags, ...given], { cwd, encoding: 'utf8' });
  const [file] = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  if (result.status !== 0 || file === undefined) throw new Error(`no profile: ${result.stderr}`);
  const profile: CpuProfile = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
  return summarise(profile, workspace.root);
}

/** Adds up a profile by phase, by source file and by function. */
export function summarise({ nodes, samples, timeDeltas }: CpuProfile, root: string): ProfileSummary {
  const sources = new Sources(root);
  const parents = new Map(nodes.flatMap(({ id, children }) => (children ?? []).map((child) => [child, id] as const)));
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const fileOf = new Map(nodes.map(({ id, callFrame: { url, lineNumber } }) => [id, sources.fileAt(url, lineNumber)]));
  const phaseOf = (id: number): string => {
    const name = frames.get(id)?.functionName ?? '';
    if (/^\((garbage|idle)/.test(name)) return name;
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      // esbuild names the function that loads a module after its file.
      if (/\.[cm]?[jt]s$/.test(frames.get(at)?.functionName ?? '')) return START;
      const file = fileOf.get(at) ?? '';
      const phase = PHASES.find(([, files]) => files.test(file));
      if (phase !== undefined) return phase[0];
    }
    return START;
  };
  const tables = {
    phases: new Map<string, number>(),
    files: new Map<string, number>(),
    functions: new Map<string, number>(),
  };
  const add = (table: Map<string, number>, name: string, time: number) =>
    table.set(name, (table.get(name) ?? 0) + time);
  const phases = new Map(nodes.map(({ id }) => [id, phaseOf(id)]));
  for (const [i, id] of samples.entries()) {
    const time = (timeDeltas[i] ?? 0) / 1000;
    const file = fileOf.get(id) ?? '';
    add(tables.phases, phases.get(id) ?? START, time);
    add(tables.files, file, time);
    add(tables.functions, `${frames.get(id)?.functionName || '(anonymous)'} ${file}`, time);
  }
  const sorted = (table: ReadonlyMap<string, number>): Shares => [...table].sort(([, a], [, b]) => b - a);
  const total = timeDeltas.reduce((sum, time) => sum + time / 1000, 0);
  return { total, phases: sorted(tables.phases), files: sorted(tables.files), functions: sorted(tables.functions) };
}

/** Tells the source file of a line of a bundle: esbuild puts a comment with the path before each module. */
class Sources {
  readonly #root: string;
  readonly #bundles = new Map<string, readonly string[]>();

  constructor(root: string) {
    this.#root = root;
  }

  fileAt(url: string, line: number): string {
    if (url === '') return '(native)';
    if (url.startsWith('node:')) return url;
    const file = url.replace(/^file:\/\//, '');
    if (!file.endsWith('.cjs')) return path.relative(this.#root, file);
    return this.#bundle(file)[line] ?? '(bundle)';
  }

  #bundle(file: string): readonly string[] {
    let known = this.#bundles.get(file);
    if (known === undefined) {
      let current = '(bundle)';
      known = fs
        .readFileSync(file, 'utf8')
        .split('\n')
        .map((text) => {
          const found = /^ {0,4}\/\/ ((?:[\w.@-]+\/)*[\w.@-]+\.(?:[cm]?[jt]s|json))$/.exec(text)?.[1];
          current = found?.replace(/^.*node_modules\//, 'node_modules/') ?? current;
          return current;
        });
      this.#bundles.set(file, known);
    }
    return known;
  }
}

/** The share of each phase in several runs, as a table of Markdown. */
export function phaseTable(runs: readonly (readonly [title: string, summary: ProfileSummary])[]): string {
  const names = [...new Set(runs.flatMap(([, { phases }]) => phases.map(([name]) => name)))];
  const share = (name: string, { phases, total }: ProfileSummary): string => {
    const time = phases.find(([one]) => one === name)?.[1];
    return time === undefined ? '–' : `${((100 * time) / total).toFixed(0)} %`;
  };
  const rows = names.map((name) => [name, ...runs.map(([, summary]) => share(name, summary))]);
  return [['phase', ...runs.map(([title]) => title)], ['---', ...runs.map(() => '---:')], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('');
}

/** The summary as text. */
export function formatProfile({ total, phases, files, functions }: ProfileSummary): string {
  const rows = (title: string, shares: Shares, most: number) => [
    '',
    title,
    ...shares
      .slice(0, most)
      .map(
        ([name, time]) =>
          `${time.toFixed(0).padStart(7)} ms ${((100 * time) / total).toFixed(1).padStart(5)} %  ${name}`,
      ),
  ];
  return [
    `${total.toFixed(0)} ms under the profiler, which makes it slower`,
    ...rows('by phase', phases, 20),
    ...rows('by file, self time', files, 25),
    ...rows('by function, self time', functions, 35),
    '',
  ].join('\n');
}
