import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { shard, shardOfKey } from '../../lib/cli/shard';
import { benchCatalog } from '../bench/catalog';
import { leftovers, type Place, place, plant, removePlaces, type Tree, treeOf } from '../unbreakable/place';
import { startSynth, synth } from '../unbreakable/run';

const SERVICES = 24;
const generated: string[] = [];

/** A place with a generated catalog of many services in two environments. */
function wide(): Place {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'cutover-shard-'));
  generated.push(folder);
  const { catalog, migrations } = benchCatalog(SERVICES);
  const { bench, ...others } = catalog.environments ?? {};
  const twice = { ...catalog, environments: { ...others, bench, second: { ...bench, cluster: { name: 'second' } } } };
  writeFileSync(join(folder, 'services.json'), JSON.stringify(twice));
  for (const [path, text] of migrations) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { folder, dist: join(folder, 'dist') };
}

/** The same inputs in another clone. */
function clone({ folder }: Place): Place {
  const other = mkdtempSync(join(dirname(folder), 'cutover-shard-'));
  generated.push(other);
  for (const part of ['services.json', 'migrations'])
    cpSync(join(folder, part), join(other, part), { recursive: true });
  return { folder: other, dist: join(other, 'dist') };
}

function ran(here: Place, ...options: readonly string[]): string {
  const { status, stdout, stderr } = synth(here, [], undefined, options);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

const shards = (count: number) => Array.from({ length: count }, (_, i) => `${i + 1}/${count}`);

let here: Place;
let whole: Tree;
beforeAll(() => {
  here = wide();
  ran(here);
  whole = treeOf(here.dist) ?? {};
}, 60_000);
afterAll(() => {
  removePlaces();
  for (const folder of generated) rmSync(folder, { recursive: true, force: true });
});

test.each([1, 2, 3, 7, 40])(
  '%d shards in clones of their own have disjoint files, and together the whole',
  (count) => {
    const there = clone(here);
    const files: [string, string][] = [];
    for (const [i, one] of shards(count).entries()) {
      rmSync(there.dist, { recursive: true, force: true });
      expect(ran(there, '--shard', one)).toContain(`dist, shard ${one}: `);
      const own = Object.entries(treeOf(there.dist) ?? {});
      expect(own.filter(([path]) => !shard(i + 1, count).ownsPath(path))).toEqual([]);
      files.push(...own);
    }
    expect(files.length).toBe(Object.keys(whole).length);
    expect(Object.fromEntries(files.sort(([a], [b]) => (a < b ? -1 : 1)))).toEqual(whole);
  },
  120_000,
);

test('in one dist/, one after the other, over an old tree', () => {
  const there = clone(here);
  const stale = {
    'bench/services/gone.yaml': 'stale',
    'bench/apps/gone.yaml': 'stale',
    'closed/services/web-00000.yaml': 'stale',
    'closed/platform/namespace.yaml': 'stale',
    'notes.txt': 'stale',
    'bench/services/api-00001.yaml': 'tampered',
  };
  plant(there.dist, stale);
  for (const one of ['3/3', '1/3', '2/3']) ran(there, '--shard', one);
  expect(treeOf(there.dist)).toEqual(whole);
  expect(leftovers(there)).toEqual([]);
  for (const one of shards(3)) expect(ran(there, '--shard', one)).toMatch(/files: 0 written, 0 removed, \d+ unchanged/);
  expect(ran(there)).toContain('0 written, 0 removed,');
});

test('a stale file goes with its own shard and stays with any other', () => {
  const there = clone(here);
  ran(there);
  const stale = ['bench/services/gone.yaml', 'bench/apps/gone.yaml'];
  for (const path of stale) writeFileSync(join(there.dist, path), 'stale');
  const mine = shardOfKey('gone', 3);
  for (const index of [1, 2, 3].filter((one) => one !== mine))
    expect(ran(there, '--shard', `${index}/3`)).toContain('0 written, 0 removed');
  expect(ran(there, '--shard', `${mine}/3`)).toContain('0 written, 2 removed');
  expect(treeOf(there.dist)).toEqual(whole);
});

test('of a service that changes only its shard writes, and it touches no file of another', () => {
  const there = clone(here);
  ran(there);
  const file = join(there.folder, 'services.json');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"web-00002":"3.2.0"', '"web-00002":"3.2.1"'));
  const mine = shardOfKey('web-00002', 4);
  const times = (): readonly string[] =>
    Object.keys(whole).map((path) => `${path} ${statSync(join(there.dist, path), { bigint: true }).mtimeNs}`);
  const before = times();
  for (let index = 1; index <= 4; index += 1)
    expect(ran(there, '--shard', `${index}/4`)).toContain(`${index === mine ? 2 : 0} written, 0 removed`);
  const touched = times().filter((one) => !before.includes(one));
  expect(touched.map((one) => one.split(' ')[0])).toEqual([
    'bench/services/web-00002.yaml',
    'second/services/web-00002.yaml',
  ]);
});

test('what is wrong with the catalog as a whole is told by every shard, what is wrong with a service by its own', () => {
  const there = clone(here);
  const file = join(there.folder, 'services.json');
  const broken = JSON.parse(readFileSync(file, 'utf8'));
  broken.services['web-00002'].name = 'web-00004';
  broken.services['web-00006'].gates.unused = { kind: 'restarts' };
  writeFileSync(file, JSON.stringify(broken));
  const told = shards(3).map((one) => synth(there, [], undefined, ['--shard', one]));
  for (const { status, stdout, stderr } of told) {
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr.match(/error CAT027/g)).toHaveLength(1);
  }
  const warned = told.filter(({ stderr }) => stderr.includes('warning CAT039'));
  expect(warned.map((one) => told.indexOf(one) + 1)).toEqual([shardOfKey('web-00006', 3)]);
  expect(existsSync(there.dist)).toBe(false);
});

test('two shards at once in one dist/ take turns', async () => {
  const there = clone(here);
  const runs = ['1/2', '2/2'].map((one) => startSynth(there, ['--shard', one]).ended);
  for (const { status, stderr } of await Promise.all(runs))
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(treeOf(there.dist)).toEqual(whole);
  expect(leftovers(there)).toEqual([]);
}, 60_000);

test.each([['0/4'], ['5/4'], ['x/y'], ['']])('--shard "%s" is refused before anything is read', (value) => {
  const there = place();
  rmSync(join(there.folder, 'services.json'));
  const { status, stdout, stderr } = synth(there, [], undefined, ['--shard', value]);
  expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
  expect(stderr).toMatch(/^--shard .*\nusage: npm run synth -- \[--shard <i>\/<n>\] \[--no-cache\]\n/);
});
