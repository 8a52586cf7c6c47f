import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { shardOfKey } from '../../lib/cli/shard';
import { measure } from './measure';
import { count, number, table } from './report';
import type { Cost } from './statistics';
import { Workspace } from './workspace';

/** Shards that are looked at one by one; the others cost what these cost. */
const MOST = 4;

/** What each of the first shards of a generated catalog costs, what the whole does, and what Git makes of it: as text. */
export function measureShards(product: string, folder: string, services: number, shards: number): string {
  const workspace = new Workspace(product, folder, services);
  const { seeds } = workspace.catalog();
  const rows: (readonly string[])[] = [];
  // Makes the bundle, and what V8 keeps of it.
  measure(workspace.shard(1, shards));
  for (let index = 1; index <= Math.min(MOST, shards); index += 1) {
    workspace.forget();
    const own = seeds.filter(({ key }) => shardOfKey(key, shards) === index).length;
    const cold = measure(workspace.shard(index, shards));
    const size = sizeOf(workspace.output);
    workspace.changeOne();
    rows.push(row(`${index}/${shards}`, own, cold, measure(workspace.shard(index, shards)), size));
  }
  workspace.forget();
  const cold = measure(workspace.synth);
  const size = sizeOf(workspace.output);
  workspace.changeOne();
  rows.push(row('the whole', services, cold, measure(workspace.synth), size));
  const head = ['shard', 'services', 'files', 'MiB', 'cold, CPU s', 'MiB of memory', 'warm, CPU s', 'MiB of memory'];
  const catalog = fs.statSync(path.join(folder, 'services.json')).size;
  const text = `${count(services)} services, services.json of ${mebibytes(catalog)} MiB\n${table(head, rows)}${git(folder)}`;
  fs.rmSync(folder, { recursive: true });
  return text;
}

interface Size {
  readonly files: number;
  readonly bytes: number;
}

const row = (shard: string, services: number, cold: Cost, warm: Cost, { files, bytes }: Size): readonly string[] => [
  shard,
  count(services),
  count(files),
  mebibytes(bytes),
  number(cold.seconds),
  cold.mebibytes.toFixed(0),
  number(warm.seconds),
  warm.mebibytes.toFixed(0),
];

const mebibytes = (bytes: number): string => number(bytes / 2 ** 20);

function sizeOf(folder: string): Size {
  if (!fs.existsSync(folder)) return { files: 0, bytes: 0 };
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, file) => sum + fs.statSync(path.join(file.parentPath, file.name)).size, 0);
  return { files: files.length, bytes };
}

/** The rendered files in a repository of their own: what is transferred, what a clone holds, and how long everyday commands take. */
function git(folder: string): string {
  const root = path.join(folder, 'dist');
  const run = (...words: readonly string[]): number => {
    const began = performance.now();
    const settings = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', '-c', 'gc.auto=0'];
    const { status, stderr } = spawnSync('git', [...settings, ...words], { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`);
    return (performance.now() - began) / 1000;
  };
  run('init', '-q');
  const add = run('add', '.');
  const commit = run('commit', '-q', '-m', 'all');
  const index = fs.statSync(path.join(root, '.git/index')).size;
  const status = run('status', '--short');
  run('repack', '-a', '-d', '-q');
  const pack = sizeOf(path.join(root, '.git/objects/pack')).bytes;
  return `Git: add ${number(add)} s, commit ${number(commit)} s, status ${number(status)} s; index ${mebibytes(index)} MiB, pack ${mebibytes(pack)} MiB\n`;
}
