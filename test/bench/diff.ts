import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { measure } from './measure';
import { count, number, table } from './report';
import type { Cost } from './statistics';
import { Workspace } from './workspace';

/** What a plain reader of the change does: parses the files that differ, on both sides. */
const PARSE = `
const { execFileSync } = require('node:child_process');
const { parseAllDocuments } = require('yaml');
const git = (...words) => execFileSync('git', words, { encoding: 'utf8', maxBuffer: 2 ** 30 });
const files = git('diff', '--name-only', process.argv[1], process.argv[2], '--', 'dist').trim().split('\\n');
for (const ref of [process.argv[1], process.argv[2]])
  for (const file of files) parseAllDocuments(git('show', ref + ':' + file)).map((document) => document.toJS());
`;

/** What a comparison of generated trees costs, both sides from git, beside what Git's own takes with reading the files: as text. */
export function measureDiffs(product: string, folder: string, services: number, runs: number): string {
  const workspace = new Workspace(product, folder, services);
  const git = (...words: readonly string[]): void => {
    const settings = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', '-c', 'gc.auto=0'];
    const { status, stderr } = spawnSync('git', [...settings, ...words], { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`);
  };
  const commit = (tag: string): void => {
    git('add', 'dist');
    git('commit', '-q', '-m', tag);
    git('tag', tag);
  };
  measure(workspace.synth);
  const objects = countObjects(workspace.output);
  git('init', '-q');
  commit('base');
  workspace.changeOne();
  measure(workspace.synth);
  commit('one');
  edit(workspace.output, (text) => text.replace(/(image: \S+:\d+\.\d+\.)\d+/g, '$199'));
  commit('images');
  edit(workspace.output, (text) => text.replaceAll('managed-by: cutover', 'managed-by: somebody'));
  commit('everything');
  git('repack', '-a', '-d', '-q');
  const diff = (from: string, to: string): Cost =>
    best(runs, () => measure(commandOf(folder, 'lib/cli/launch.cjs', 'diff', from, to, '--format', 'json')));
  const rows = [
    [
      'git diff, and parsing the files of one service',
      best(runs, () =>
        sum(
          measure({ command: 'git', arguments: ['diff', 'base', 'one', '--', 'dist'], cwd: folder }),
          measure(commandOf(folder, '-e', PARSE, 'base', 'one')),
        ),
      ),
    ],
    ['npm run diff: one service', diff('base', 'one')],
    ['npm run diff: the image of every service', diff('one', 'images')],
    ['npm run diff: every object', diff('one', 'everything')],
  ] as const;
  const text = table(
    ['change', 'CPU s', 'MiB of memory'],
    rows.map(([name, { seconds, mebibytes }]) => [name, number(seconds), mebibytes.toFixed(0)]),
  );
  fs.rmSync(folder, { recursive: true });
  return `${count(services)} services with ${count(objects)} objects, both sides from git\n${text}`;
}

const commandOf = (cwd: string, ...given: readonly string[]) => ({ command: process.execPath, arguments: given, cwd });

const sum = (a: Cost, b: Cost): Cost => ({
  seconds: a.seconds + b.seconds,
  mebibytes: Math.max(a.mebibytes, b.mebibytes),
});

/** The least of several runs, of which the first makes the bundle and what V8 keeps of it. */
function best(runs: number, run: () => Cost): Cost {
  run();
  run();
  return Array.from({ length: runs }, run).reduce((least, cost) => (cost.seconds < least.seconds ? cost : least));
}

/** Every object has its kind at the beginning of a line. */
const countObjects = (folder: string): number =>
  manifestsIn(folder).reduce((sum, file) => sum + (fs.readFileSync(file, 'utf8').match(/^kind: /gm)?.length ?? 0), 0);

const manifestsIn = (folder: string): readonly string[] =>
  fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => path.join(entry.parentPath, entry.name));

function edit(folder: string, change: (text: string) => string): void {
  for (const file of manifestsIn(folder)) fs.writeFileSync(file, change(fs.readFileSync(file, 'utf8')));
}
