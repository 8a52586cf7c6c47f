import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../tools/mutate';
import { interrupted, killManyTimes, nextRunLeaves, type Stage, stage } from './interrupt';
import { leftovers, type Place, place, plant, removePlaces, treeOf, useVersions } from './place';
import { LAUNCH, startSynth, synth } from './run';

let here: Stage;
beforeAll(() => {
  here = stage();
}, 60_000);
beforeEach(() => plant(here.place.dist, here.old));
afterAll(removePlaces);

/** `CUTOVER_KILLS=500 npx jest test/unbreakable/synth -t 'kill -9'` looks longer. */
const KILLS = Number(process.env.CUTOVER_KILLS ?? 30);

test(
  'kill -9 at any moment leaves the old tree or the new one, and the next run cleans up',
  async () => {
    const tally = await killManyTimes(KILLS, new Random(KILLS));
    if (KILLS > 30) console.info(tally);
    expect(tally.old + tally.new).toBeGreaterThan(KILLS / 2);
    expect(tally.old).toBeGreaterThan(KILLS / 6);
  },
  2_000 * KILLS,
);

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s ends the run with the old tree, or comes too late',
  async (signal) => {
    const random = new Random(7);
    const outcomes = new Set<string>();
    for (let i = 0; i < 8; i += 1) {
      const { ended, outcome } = await interrupted(here, signal, random);
      outcomes.add(outcome);
      if (outcome === 'old') expect(ended).toEqual({ status: null, signal, stdout: '', stderr: '' });
      // The signal may still end a run that has replaced the tree.
      else expect([`0 null`, `null ${signal}`]).toContain(`${ended.status} ${ended.signal}`);
    }
    expect(outcomes).toContain('old');
    expect(nextRunLeaves(here)).toEqual([]);
  },
  60_000,
);

test('of two runs at once both succeed, one after the other', async () => {
  for (let i = 0; i < 3; i += 1) {
    plant(here.place.dist, here.old);
    const both = [startSynth(here.place), startSynth(here.place)].map(({ ended }) => ended);
    for (const { status, stderr } of await Promise.all(both))
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(treeOf(here.place.dist)).toEqual(here.new);
    expect(leftovers(here.place)).toEqual([]);
  }
}, 60_000);

describe('a full disk', () => {
  const mounted: string[] = [];
  afterEach(() => {
    for (const folder of mounted.splice(0)) {
      spawnSync('umount', [folder]);
      rmSync(folder, { recursive: true, force: true });
    }
  });

  /** A small file system in memory; undefined where this user may not mount one. */
  function smallDisk(kibibytes: number): string | undefined {
    const folder = mkdtempSync(join(tmpdir(), 'cutover-disk-'));
    mounted.push(folder);
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', folder]);
    if (status === 0) return folder;
    console.warn('skipped: a small tmpfs cannot be mounted here');
    return undefined;
  }

  /** A place with the old tree; undefined where not even that fits. */
  function placeWithOld(disk: string): Place | undefined {
    try {
      const there = place(disk);
      plant(there.dist, here.old);
      return there;
    } catch {
      return undefined;
    }
  }

  test('leaves the old tree, or holds the new one as well', () => {
    const outcomes: (number | null)[] = [];
    for (let kibibytes = 200; kibibytes <= 4000 && !outcomes.includes(0); kibibytes += 40) {
      const disk = smallDisk(kibibytes);
      if (disk === undefined) return;
      const there = placeWithOld(disk);
      if (there === undefined) continue;
      useVersions(there, 'new');
      const { status, stdout, stderr } = synth(there);
      outcomes.push(status);
      expect(leftovers(there)).toEqual([]);
      expect(treeOf(there.dist)).toEqual(status === 0 ? here.new : here.old);
      if (status === 0) continue;
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(/^error TREE006 dist.*ENOSPC.*the old tree is untouched\n {2}hint: free some space/);
    }
    expect(outcomes).toContain(0);
    expect(outcomes).toContain(1);
  });
});

test.each([
  ['a full disk', '> /dev/full', 74, 'the command is done, but its output is lost: ENOSPC'],
  ['a reader that has left', '| true', 0, ''],
])('words that go to %s are lost, and the tree is the new one', (_, redirection, code, says) => {
  const command = `{ "${process.execPath}" "${LAUNCH}" synth; echo "code $?" >&2; } ${redirection}`;
  const { stderr } = spawnSync('sh', ['-c', command], { cwd: here.place.folder, encoding: 'utf8' });
  expect(stderr).toContain(`code ${code}\n`);
  expect(stderr).toContain(says);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(treeOf(here.place.dist)).toEqual(here.new);
});

describe('a tree that may not be written', () => {
  const NOBODY = 65_534;
  const asNobody = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
  const possible =
    process.getuid?.() === 0 && spawnSync('setpriv', [...asNobody.slice(1), process.execPath, '-e', '0']).status === 0;

  /** The place of another user, who may read all of it and write some. */
  function foreign(writable: readonly ('folder' | 'dist')[]): Place {
    const there = place();
    plant(there.dist, here.old);
    useVersions(there, 'new');
    chmodSync(there.folder, 0o755);
    for (const which of writable) chownSync(there[which], NOBODY, NOBODY);
    return there;
  }

  test.each([
    ['nothing', []],
    ['only dist', ['dist']],
    ['all but dist', ['folder']],
  ] as const)('by a user who may write %s', (_, writable) => {
    if (!possible) return console.warn('skipped: another user cannot be taken on here');
    const there = foreign(writable);
    const { status, stdout, stderr } = synth(there, asNobody);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(
      /^error TREE006 dist.*(EACCES|EPERM).*the old tree is untouched\n {2}hint: let this user write/,
    );
    expect(treeOf(there.dist)).toEqual(here.old);
    expect(leftovers(there)).toEqual([]);
  });
});

describe('what stands in the place of the tree', () => {
  const elsewhere = (there: Place) => join(there.folder, 'elsewhere');

  test.each([
    ['a link to a folder', (there: Place) => symlinkSync(elsewhere(there), there.dist)],
    ['a link to nothing', (there: Place) => symlinkSync('/nowhere/at/all', there.dist)],
    ['a file', (there: Place) => writeFileSync(there.dist, 'mine')],
    [
      'a folder with a link to a folder',
      (there: Place) => {
        mkdirSync(there.dist);
        symlinkSync(elsewhere(there), join(there.dist, 'production'));
      },
    ],
    [
      'a folder with a link to a file',
      (there: Place) => {
        mkdirSync(join(there.dist, 'staging/services'), { recursive: true });
        symlinkSync(join(elsewhere(there), 'mine'), join(there.dist, 'staging/services/frontend.yaml'));
      },
    ],
    ['a repository', (there: Place) => mkdirSync(join(there.dist, '.git'), { recursive: true })],
  ])('%s is refused, and nothing is written through it', (_, make) => {
    const there = place();
    mkdirSync(elsewhere(there));
    writeFileSync(join(elsewhere(there), 'mine'), 'mine');
    make(there);
    const { status, stdout, stderr } = synth(there);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^error TREE00[34] dist.*untouched\n/);
    expect(treeOf(elsewhere(there))).toEqual({ mine: 'mine' });
    expect(leftovers(there)).toEqual([]);
  });
});
