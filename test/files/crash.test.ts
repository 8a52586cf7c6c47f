import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bestEffort } from '../../lib/files/fault';
import type { Fs } from '../../lib/files/fs';
import { recover } from '../../lib/files/tree';
import {
  ghosts,
  leftovers,
  noExchange,
  plant,
  removeWorkspaces,
  simulatedExchange,
  snapshot,
  type Tree,
  thrown,
  type Workspace,
  watched,
  workspace,
  write,
} from './support';

afterAll(removeWorkspaces);

class Crash extends Error {}

/** Runs until operation number `at`, which and all after it do nothing but throw; a file being written is left half done. */
const crashing = (fs: Fs, at: number): { readonly fs: Fs; readonly count: () => number } => {
  let count = 0;
  const step = (operation: keyof Fs, path: string, text = ''): void => {
    if (++count < at) return;
    if (count === at && operation === 'create') writeFileSync(path, text.slice(0, text.length / 2), { flag: 'wx' });
    throw new Crash(`${operation} ${path}`);
  };
  return { fs: watched(fs, (operation, path = '', text = '') => step(operation, path, text)), count: () => count };
};

const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`env${i % 3}/s${i}.yaml`, `service ${i}`]));
const { 'env0/s0.yaml': _first, ...withoutFirst } = many;

const scenarios: readonly (readonly [name: string, from: Tree, to: Tree])[] = [
  ['first write', undefined, many],
  ['first write over an empty root', {}, many],
  ['nothing changed', many, many],
  ['one file changed', many, { ...many, 'env0/s0.yaml': 'changed' }],
  ['one file removed', many, withoutFirst],
  ['one file in a new directory', many, { ...many, 'new/s.yaml': 'new' }],
  [
    'changes, additions, removals',
    many,
    { ...withoutFirst, 'env1/s1.yaml': 'changed', 'env2/s2.yaml': 'x', 'new/s.yaml': 'y' },
  ],
  ['everything changed', many, Object.fromEntries(Object.keys(many).map((path) => [path, 'changed']))],
  ['everything moved', many, Object.fromEntries(Object.keys(many).map((path) => [`moved/${path}`, 'new']))],
  ['everything removed', many, {}],
];

const swaps: readonly (readonly [name: string, fs: Fs])[] = [
  ['exchange', simulatedExchange],
  ['two renames', noExchange],
];

/** The run with a crash before operation `at`; false when it was over before that. */
const crashedRun = (fs: Fs, at: number, root: string, to: Tree): boolean => {
  const { fs: broken, count } = crashing(fs, at);
  try {
    write(root, to, { fs: broken, processes: ghosts });
  } catch (error) {
    if (!(error instanceof Crash) && !(error instanceof Error && error.message.includes('put back'))) throw error;
  }
  return count() >= at;
};

const expectNextRunWorks = ({ dir, root }: Workspace, fs: Fs, to: Tree): void => {
  write(root, to, { fs, processes: ghosts });
  expect([snapshot(root), leftovers(dir)]).toEqual([to, []]);
};

describe.each(swaps)('a crash before every file operation, by %s', (name, fs) => {
  test.each(scenarios)('%s', (_, from, to) => {
    const place = workspace();
    const outcomes = new Set<string>();
    let at = 1;
    for (; ; at++) {
      plant(place.root, from);
      const crashed = crashedRun(fs, at, place.root, to);
      const seen = snapshot(place.root);
      if (seen === undefined && from !== undefined) {
        expect(name).toBe('two renames');
        expect(recover(place.root, { fs, processes: ghosts })).toBe(true);
        outcomes.add('absent');
        expect(snapshot(place.root)).toEqual(from);
      } else {
        const outcome = JSON.stringify(seen) === JSON.stringify(snapshotOf(to)) ? 'new' : 'old';
        outcomes.add(outcome);
        expect(seen).toEqual(outcome === 'new' ? to : from);
      }
      expectNextRunWorks(place, fs, to);
      if (!crashed) break;
    }
    expect(at).toBeGreaterThan(5);
    expect(outcomes).toContain('new');
    if (from !== to) expect(outcomes).toContain('old');
  });
});

const snapshotOf = (tree: Tree): Tree =>
  tree === undefined ? undefined : Object.fromEntries(Object.entries(tree).sort(([a], [b]) => (a < b ? -1 : 1)));

test('the fallback has one moment without a root, and only that one', () => {
  const { root } = workspace();
  let absent = 0;
  for (let at = 1, crashed = true; crashed; at++) {
    plant(root, many);
    crashed = crashedRun(noExchange, at, root, { 'a.yaml': 'a', 'b.yaml': 'b' });
    if (snapshot(root) === undefined) absent++;
    recover(root, { processes: ghosts });
  }
  expect(absent).toBe(1);
});

test.each(swaps)('a crash during the clean-up after a crash, by %s', (_, fs) => {
  const place = workspace();
  const from = { 'a.yaml': 'a', 'prod/b.yaml': 'b' };
  const to = { 'a.yaml': 'changed', 'new/c.yaml': 'c' };
  let pairs = 0;
  for (let first = 1, crashed = true; crashed; first++) {
    for (let second = 1, again = true; again; second++) {
      pairs++;
      plant(place.root, from);
      crashed = crashedRun(fs, first, place.root, to);
      again = crashedRun(fs, second, place.root, to);
      recover(place.root, { fs, processes: ghosts });
      const seen = snapshot(place.root);
      expect([from, to]).toContainEqual(seen);
      if (second % 5 === 0) expectNextRunWorks(place, fs, to);
    }
  }
  expect(pairs).toBeGreaterThan(400);
});

test('the simulation stops a run: the crash itself is seen', () => {
  const { root } = workspace();
  expect(thrown(() => write(root, many, { fs: crashing(noExchange, 4).fs, processes: ghosts }))).toBeInstanceOf(Crash);
});

test('a tree put aside whose removal was cut short is never taken for the old tree', () => {
  const place = workspace();
  const aside = join(place.dir, '.cutover-old-dist-7-0-ghost-00000000');
  for (let at = 1, crashed = true; crashed; at++) {
    plant(place.root, { 'a.yaml': 'new' });
    plant(aside, many);
    const { fs, count } = crashing(noExchange, at);
    bestEffort(() => recover(place.root, { fs, processes: ghosts }));
    crashed = count() >= at;
    rmSync(place.root, { recursive: true });
    recover(place.root, { processes: ghosts });
    expect([undefined, many]).toContainEqual(snapshot(place.root));
    expect(leftovers(place.dir)).toEqual([]);
  }
});
