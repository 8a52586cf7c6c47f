import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exchange } from '../../lib/files/exchange';
import { nodeProcesses } from '../../lib/files/processes';
import { openTree, recover } from '../../lib/files/tree';
import { bundleChild, type Running, sleep, start } from './processes';
import { leftovers, plant, removeWorkspaces, snapshot, type Tree, thrown, workspace, write } from './support';

const child = bundleChild(workspace().dir);
afterAll(removeWorkspaces);
jest.setTimeout(60_000);

const canExchange = ((): boolean => {
  const { dir } = workspace();
  for (const name of ['one', 'other']) mkdirSync(join(dir, name));
  return exchange(join(dir, 'one'), join(dir, 'other'));
})();
const testExchange = canExchange ? test : test.skip;
const note = canExchange ? '' : ' (skipped: this system cannot swap two directories, or has no perl)';

const expected =
  process.platform === 'linux' &&
  ['x64', 'arm64'].includes(process.arch) &&
  spawnSync('perl', ['-e', '0']).status === 0;
(expected ? test : test.skip)('Linux with perl can swap two directories', () => {
  expect(canExchange).toBe(true);
});

describe(`exchange${note}`, () => {
  const pair = () => {
    const { dir } = workspace("a dir with ' and $x");
    const [one, other] = [join(dir, "o'ne $x"), join(dir, '-e')];
    plant(one, { 'a/b': 'one' });
    plant(other, { c: 'other' });
    return { one, other };
  };

  testExchange('swaps two directories', () => {
    const { one, other } = pair();
    expect(exchange(one, other)).toBe(true);
    expect([snapshot(one), snapshot(other)]).toEqual([{ c: 'other' }, { 'a/b': 'one' }]);
  });

  test('without perl gives false and changes nothing', () => {
    const { one, other } = pair();
    const path = process.env.PATH;
    process.env.PATH = '/nowhere';
    try {
      expect(exchange(one, other)).toBe(false);
    } finally {
      process.env.PATH = path;
    }
    expect([snapshot(one), snapshot(other)]).toEqual([{ 'a/b': 'one' }, { c: 'other' }]);
  });
});

/** Whether all files are of one version; the number of files tells a whole tree from a part. */
const whole = (tree: Tree, count: number): boolean => {
  const texts = Object.values(tree ?? {});
  return texts.length === count && new Set(texts).size === 1;
};

describe.each(['exchange', 'two renames'])('kill -9 at any moment, by %s', (swap) => {
  test('leaves the old tree or the new one', async () => {
    const { dir, root } = workspace('dist', tmpdir());
    const count = 300;
    const began = Date.now();
    await start(child, 'once', root, 'first', `${count}`, swap).ended;
    const second = start(child, 'once', root, 'second', `${count}`, swap);
    await second.started;
    const from = Date.now();
    await second.ended;
    const span = Date.now() - from;
    let killed = 0;
    for (let i = 0; i < 15 && Date.now() - began < 10_000; i++) {
      const run = start(child, 'once', root, `version ${i}`, `${count}`, swap);
      await run.started;
      await sleep(Math.random() * span);
      run.process.kill('SIGKILL');
      if ((await run.ended).signal === 'SIGKILL') killed++;
      if (swap === 'two renames') recover(root);
      expect(whole(snapshot(root), count)).toBe(true);
    }
    expect(killed).toBeGreaterThan(2);
    write(root, { 'a.yaml': 'a' });
    expect([snapshot(root), leftovers(dir)]).toEqual([{ 'a.yaml': 'a' }, []]);
  });
});

const outputs = async (runs: readonly Running[]): Promise<readonly string[]> =>
  (await Promise.all(runs.map((run) => run.ended))).map(({ output }) => output);

testExchange('two processes at once: both end well, the tree is whole, and the root is never absent', async () => {
  const { dir, root } = workspace();
  plant(root, { 'a.yaml': 'a' });
  const runs = ['one', 'other'].map((version) => start(child, 'twenty', root, version, '50'));
  let running = true;
  const ended = outputs(runs).finally(() => {
    running = false;
  });
  let looks = 0;
  for (; running; looks++) {
    expect(existsSync(root)).toBe(true);
    if (looks % 100 === 0) await sleep(0);
  }
  expect(await ended).toEqual(['go\ndone\n', 'go\ndone\n']);
  expect(whole(snapshot(root), 50)).toBe(true);
  expect(leftovers(dir)).toEqual([]);
  expect(looks).toBeGreaterThan(1000);
});

test('many processes: never two of them hold the lock, though some are killed', async () => {
  const { dir, root } = workspace();
  const runs = Array.from({ length: 5 }, (_, i) => start(child, 'alone', root, `v${i}`, '2', 'two renames'));
  const killed = Array.from({ length: 4 }, () => start(child, 'hold', root, '', '5000'));
  for (const run of killed) {
    await run.started;
    await sleep(50);
    run.process.kill('SIGKILL');
  }
  expect(await outputs(runs)).toEqual(runs.map(() => 'go\ndone\n'));
  await outputs(killed);
  recover(root);
  expect(readdirSync(dir)).toEqual(['dist']);
});

describe('a run that holds the tree', () => {
  const held = async (root: string, milliseconds: number): Promise<Running> => {
    const run = start(child, 'hold', root, '', `${milliseconds}`);
    await run.started;
    while (!readdirSync(join(root, '..')).some((name) => name.startsWith('.cutover-stage-'))) await sleep(5);
    return run;
  };

  test('is named when it lasts', async () => {
    const { root } = workspace();
    plant(root, { 'a.yaml': 'a' });
    const run = await held(root, 20_000);
    const began = Date.now();
    const fault = thrown(() => openTree(root, { lockWaitMs: 300 }));
    expect(fault).toMatchObject({
      code: 'TREE005',
      message: `process ${run.process.pid} is writing ${root}; the old tree is untouched`,
    });
    expect(Date.now() - began).toBeLessThan(3000);
    run.process.kill('SIGKILL');
    await run.ended;
  });

  test('is waited for when it ends', async () => {
    const { dir, root } = workspace();
    const run = await held(root, 300);
    expect(write(root, { 'a.yaml': 'a' }).written).toEqual(['a.yaml']);
    await run.ended;
    expect(leftovers(dir)).toEqual([]);
  });

  test('leaves nothing when it is told to end and discards', async () => {
    const { dir, root } = workspace();
    const run = await held(root, 20_000);
    run.process.kill('SIGTERM');
    await run.ended;
    expect(readdirSync(dir)).toEqual([]);
  });

  test('is cleaned up after when it was killed', async () => {
    const { dir, root } = workspace();
    const run = await held(root, 20_000);
    run.process.kill('SIGKILL');
    await run.ended;
    expect(leftovers(dir)).toHaveLength(2);
    openTree(root, { lockWaitMs: 0 }).discard();
    expect(readdirSync(dir)).toEqual([]);
  });

  test('on another host may live: it is named with the file to remove', () => {
    const { dir, root } = workspace();
    writeFileSync(join(dir, '.cutover-lock-dist-1000000-0-elsewhere-00000000'), '');
    expect(thrown(() => openTree(root, { lockWaitMs: 0 }))).toMatchObject({
      code: 'TREE005',
      message: expect.stringContaining('process 1000000 on elsewhere'),
      hint: expect.stringContaining(join(dir, '.cutover-lock-dist-1000000-0-elsewhere-00000000')),
    });
  });
});

describe('processes', () => {
  const { self, alive } = nodeProcesses();

  test('this one is alive, a number nobody has is not', () => {
    expect([alive(self), alive({ ...self, pid: 2 ** 30 })]).toEqual([true, false]);
  });

  (self.start === '0' ? test.skip : test)('a later process with the same number is another one', () => {
    expect(alive({ ...self, start: '1' })).toBe(false);
  });
});
