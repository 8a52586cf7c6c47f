import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Fs, nodeFs } from '../../lib/files/fs';
import { openTree, recover, TreeFault } from '../../lib/files/tree';
import { bundleChild } from './processes';
import {
  ghosts,
  leftovers,
  noExchange,
  plant,
  removeWorkspaces,
  simulatedExchange,
  snapshot,
  thrown,
  watched,
  workspace,
  write,
} from './support';

afterAll(removeWorkspaces);

const old = { 'a.yaml': 'a', 'prod/b.yaml': 'b', 'prod/c.yaml': 'c' };
const wanted = { 'a.yaml': 'changed', 'new/d.yaml': 'd', 'prod/c.yaml': 'c' };

const errno = (code: string, syscall: string): Error =>
  Object.assign(new Error(`${code}: injected, ${syscall}`), { code });

/** Operation number `at` fails, and only that one; a file being written is left half done. */
const failing = (fs: Fs, at: number, code: string): { readonly fs: Fs; readonly reached: () => boolean } => {
  let count = 0;
  const before = (operation: keyof Fs, path = '', text = ''): void => {
    if (++count !== at) return;
    if (operation === 'create' && text !== '') writeFileSync(path, text.slice(1), { flag: 'wx' });
    throw errno(code, operation);
  };
  return { fs: watched(fs, before), reached: () => count >= at };
};

describe.each([
  ['exchange', simulatedExchange],
  ['two renames', noExchange],
])('any one operation fails, by %s', (_, fs) => {
  test.each(['EACCES', 'ENOSPC', 'EROFS', 'EIO', 'EXDEV'])('%s', (code) => {
    const { dir, root } = workspace();
    let faults = 0;
    for (let at = 1, reached = true; reached; at++) {
      plant(root, old);
      const broken = failing(fs, at, code);
      try {
        write(root, wanted, { fs: broken.fs, processes: ghosts });
        expect(snapshot(root)).toEqual(wanted);
      } catch (error) {
        faults++;
        expect(error).toMatchObject({
          code: 'TREE006',
          message: expect.stringMatching(`cannot be written: ${code}: .*; the old tree is untouched`),
        });
        expect([snapshot(root), leftovers(dir)]).toEqual([old, []]);
      }
      write(root, wanted, { fs, processes: ghosts });
      expect([snapshot(root), leftovers(dir)]).toEqual([wanted, []]);
      reached = broken.reached();
    }
    expect(faults).toBeGreaterThan(10);
  });
});

test('any one operation of a recovery fails: no lock stays, and the next one ends it', () => {
  const { dir, root } = workspace();
  let faults = 0;
  for (let at = 1, reached = true; reached; at++) {
    plant(root, undefined);
    plant(join(dir, '.cutover-old-dist-7-0-ghost-00000000'), old);
    plant(join(dir, '.cutover-stage-dist-7-0-ghost-00000000'), wanted);
    const broken = failing(nodeFs, at, 'EIO');
    try {
      recover(root, { fs: broken.fs });
    } catch (error) {
      faults++;
      expect(error).toMatchObject({ code: 'TREE006' });
      expect(leftovers(dir).filter((name) => name.startsWith('.cutover-lock-'))).toEqual([]);
    }
    recover(root, { processes: ghosts });
    expect([snapshot(root), leftovers(dir)]).toEqual([old, []]);
    reached = broken.reached();
  }
  expect(faults).toBeGreaterThan(5);
});

test.each([
  ['EACCES', 'let this user write'],
  ['EROFS', 'not mounted read-only'],
  ['ENOSPC', 'free some space'],
  ['EXDEV', 'mount point'],
  ['EBUSY', 'mount point'],
  ['ENOENT', 'run again'],
])('%s: the hint tells the next action', (code, said) => {
  const { root } = workspace();
  plant(root, old);
  const refuse = (): never => {
    throw errno(code, 'rename');
  };
  const fault = thrown(() => write(root, wanted, { fs: { ...noExchange, rename: refuse } }));
  expect(fault).toBeInstanceOf(TreeFault);
  expect(fault).toMatchObject({ path: root, hint: expect.stringContaining(said), cause: { code } });
});

test('when the old tree can neither be replaced nor put back, the fault says where it is, and the next run puts it back', () => {
  const { root } = workspace();
  plant(root, old);
  let renames = 0;
  const rename = (from: string, to: string): void => {
    if (++renames > 1) throw errno('EIO', 'rename');
    nodeFs.rename(from, to);
  };
  const fault = thrown(() => write(root, wanted, { fs: { ...noExchange, rename } }));
  expect(fault).toMatchObject({ code: 'TREE007', message: expect.stringContaining('.cutover-old-dist-') });
  expect(snapshot(root)).toBeUndefined();
  expect([recover(root), snapshot(root)]).toEqual([true, old]);
  expect(recover(root)).toBe(false);
});

test('a part of the path that is a file', () => {
  const { dir } = workspace();
  writeFileSync(join(dir, 'out'), '');
  expect(thrown(() => openTree(join(dir, 'out/dist')))).toMatchObject({
    code: 'TREE006',
    message: expect.stringContaining('ENOTDIR'),
  });
});

test('a name too long for the file system', () => {
  const { dir, root } = workspace();
  plant(root, old);
  expect(thrown(() => write(root, { ...old, [`prod/${'x'.repeat(300)}`]: '' }))).toMatchObject({
    code: 'TREE006',
    hint: 'shorten the name',
  });
  expect([snapshot(root), leftovers(dir)]).toEqual([old, []]);
});

/** Permissions do not bind root, so root's tests use a user without rights. */
const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
const asUser = spawnSync(process.execPath, ['-e', '0'], user).status === 0;
const testAsUser = asUser ? test : test.skip;

describe(`as a user whom permissions bind${asUser ? '' : ' (skipped: this is root, and may not become another user)'}`, () => {
  testAsUser.each<[name: string, mode: (root: string, dir: string) => void]>([
    ['the directory that holds the root is read-only', (_, dir) => chmodSync(dir, 0o555)],
    ['the root is read-only', (root) => chmodSync(root, 0o555)],
    ['a directory in the root is read-only', (root) => chmodSync(join(root, 'prod'), 0o555)],
    ['a file cannot be read', (root) => chmodSync(join(root, 'env0/s0.yaml'), 0o000)],
  ])('%s', (_, spoil) => {
    const child = bundleChild(workspace().dir);
    const { dir, root } = workspace();
    const before = { ...old, 'env0/s0.yaml': 'x' };
    plant(root, before);
    const opened = [dir, root, join(root, 'prod'), join(root, 'env0')];
    for (const path of opened) chmodSync(path, 0o777);
    spoil(root, dir);
    const { stdout } = spawnSync(process.execPath, [child, 'once', root, 'v', '5'], { ...user, encoding: 'utf8' });
    for (const path of [...opened, join(root, 'env0/s0.yaml')]) chmodSync(path, 0o777);
    const [go, fault = '{}'] = stdout.split('\n');
    expect(go).toBe('go');
    expect(JSON.parse(fault)).toMatchObject({
      code: 'TREE006',
      message: expect.stringContaining('EACCES'),
      hint: expect.stringContaining('let this user write'),
    });
    expect([snapshot(root), leftovers(dir)]).toEqual([before, []]);
  });
});

const mountable = (): boolean => {
  const { dir } = workspace();
  return (
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', dir]).status === 0 &&
    spawnSync('umount', [dir]).status === 0
  );
};
const canMount = process.platform === 'linux' && mountable();

(canMount ? test : test.skip)(`a full disk${canMount ? '' : ' (skipped: this user cannot mount a tmpfs)'}`, () => {
  const { dir } = workspace();
  const disk = join(dir, 'disk');
  mkdirSync(disk);
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
  try {
    const root = join(disk, 'dist');
    plant(root, old);
    const large = { ...old, 'prod/large-1.yaml': 'x'.repeat(30_000), 'prod/large-2.yaml': 'x'.repeat(60_000) };
    expect(thrown(() => write(root, large))).toMatchObject({
      code: 'TREE006',
      path: `${root}/prod/large-2.yaml`,
      message: expect.stringContaining('ENOSPC'),
    });
    expect([snapshot(root), leftovers(disk)]).toEqual([old, []]);
    write(root, wanted);
    expect(snapshot(root)).toEqual(wanted);
  } finally {
    spawnSync('umount', [disk]);
  }
});
