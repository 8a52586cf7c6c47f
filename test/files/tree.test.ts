import { existsSync, mkdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Fs, nodeFs } from '../../lib/files/fs';
import { openTree } from '../../lib/files/tree';
import {
  directories,
  identity,
  leftovers,
  noExchange,
  plant,
  removeWorkspaces,
  snapshot,
  thrown,
  watched,
  workspace,
  write,
} from './support';

afterAll(removeWorkspaces);

const old = { 'a.yaml': 'a', 'prod/b.yaml': 'b', 'prod/deep/c.yaml': 'c', 'stage/d.yaml': 'd' };

const counting = (fs: Fs = nodeFs) => {
  const calls: string[] = [];
  return { calls, fs: watched(fs, (operation) => void calls.push(operation)) };
};

test('writes a first tree, with the directories that hold the root', () => {
  const { dir } = workspace();
  const root = join(dir, 'out', 'dist');
  expect(write(root, old)).toEqual({ written: Object.keys(old).sort(), removed: [], unchanged: 0 });
  expect([snapshot(root), leftovers(join(dir, 'out'))]).toEqual([old, []]);
});

test('an unchanged tree is not touched', () => {
  const { dir, root } = workspace();
  plant(root, old);
  const places = ['', 'prod', 'prod/deep', 'stage', ...Object.keys(old)].map((path) => join(root, path));
  const before = places.map(identity);
  const { calls, fs } = counting();
  expect(write(root, old, { fs })).toEqual({ written: [], removed: [], unchanged: 4 });
  expect(places.map(identity)).toEqual(before);
  expect(calls.filter((call) => !['kind', 'list', 'read'].includes(call))).toEqual(['create', 'unlink']);
  expect(leftovers(dir)).toEqual([]);
});

test.each([
  ['changed', { ...old, 'prod/b.yaml': 'new' }, 'rename'],
  ['grown', { ...old, 'prod/b.yaml': 'b+' }, 'rename'],
  ['emptied', { ...old, 'prod/b.yaml': '' }, 'rename'],
  ['added', { ...old, 'prod/new.yaml': 'new' }, 'rename'],
  ['removed', { 'a.yaml': 'a', 'prod/b.yaml': 'b', 'prod/deep/c.yaml': 'c' }, 'unlink'],
])('one file %s takes one file operation', (_, wanted, operation) => {
  const { dir, root } = workspace();
  plant(root, old);
  const { calls, fs } = counting();
  write(root, wanted, { fs });
  expect(snapshot(root)).toEqual(wanted);
  expect(calls).toContain(operation);
  expect(calls).not.toContain('link');
  expect(calls).not.toContain('exchange');
  expect(directories(root)).toEqual(operation === 'unlink' ? ['prod', 'prod/deep'] : ['prod', 'prod/deep', 'stage']);
  expect(leftovers(dir)).toEqual([]);
});

describe.each([
  ['exchange', nodeFs],
  ['two renames', noExchange],
])('by %s', (_, fs) => {
  test('what is told of a file that was written holds in the new tree', () => {
    const { root } = workspace();
    plant(root, old);
    const wanted = { ...old, 'a.yaml': 'grüße', 'stage/new.yaml': '' };
    const tree = openTree(root, { fs });
    const told = Object.entries(wanted).map(([path, text]) => [path, tree.put(path, text)] as const);
    tree.commit();
    const states = told.map(([path, stamp]) => {
      const { size, mtimeMs } = statSync(join(root, path));
      return [path, stamp && { number: size, mtimeMs }];
    });
    expect(told).toEqual(states);
    expect(told.filter(([, stamp]) => stamp !== undefined).map(([path]) => path)).toEqual(['a.yaml', 'stage/new.yaml']);
  });

  test('many changes: the rest keeps inode and time, files and directories nobody named vanish', () => {
    const { dir, root } = workspace();
    plant(root, { ...old, 'gone/x.yaml': 'x', 'notes.txt': 'a stray file' });
    mkdirSync(join(root, 'empty/nested'), { recursive: true });
    const before = identity(join(root, 'prod/deep/c.yaml'));
    const wanted = {
      'a.yaml': 'a2',
      'prod/b.yaml': 'b2',
      'prod/deep/c.yaml': 'c',
      'stage/d.yaml': 'd',
      'new/e.yaml': 'e',
    };
    expect(write(root, wanted, { fs })).toEqual({
      written: ['a.yaml', 'new/e.yaml', 'prod/b.yaml'],
      removed: ['gone/x.yaml', 'notes.txt'],
      unchanged: 2,
    });
    expect([snapshot(root), directories(root)]).toEqual([wanted, ['new', 'prod', 'prod/deep', 'stage']]);
    expect(identity(join(root, 'prod/deep/c.yaml'))).toBe(before);
    expect(leftovers(dir)).toEqual([]);
  });

  test.each([
    ['a file becomes a directory', { a: '1', b: '2' }, { 'a/x': '1', b: '2' }],
    ['a directory becomes a file', { 'a/x/y': '1', b: '2' }, { a: '1', b: '2' }],
    ['nothing is left', old, {}],
  ])('%s', (__, from, to) => {
    const { dir, root } = workspace();
    plant(root, from);
    write(root, to, { fs });
    expect([snapshot(root), leftovers(dir)]).toEqual([to, []]);
  });
});

test('an empty directory where a file is wanted gives way', () => {
  const { root } = workspace();
  plant(root, old);
  mkdirSync(join(root, 'prod/new.yaml'));
  write(root, { ...old, 'prod/new.yaml': 'new' });
  expect(snapshot(root)).toEqual({ ...old, 'prod/new.yaml': 'new' });
});

test('stray empty directories of an unchanged tree vanish', () => {
  const { root } = workspace();
  plant(root, old);
  mkdirSync(join(root, 'empty/nested'), { recursive: true });
  expect(write(root, old)).toEqual({ written: [], removed: [], unchanged: 4 });
  expect(directories(root)).toEqual(['prod', 'prod/deep', 'stage']);
});

test('bytes are compared, not characters', () => {
  const { root } = workspace();
  plant(root, {});
  writeFileSync(join(root, 'a'), Buffer.from([0xff]));
  expect(write(root, { a: '\ufffd' }).written).toEqual(['a']);
  expect(write(root, { a: '\ufffd' }).written).toEqual([]);
  const large = 'ä€😀'.repeat(100_000);
  expect(write(root, { a: large }).written).toEqual(['a']);
  expect(write(root, { a: large }).written).toEqual([]);
  expect(write(root, { a: `${large.slice(0, -2)}😁` }).written).toEqual(['a']);
});

test('keep: a file that stands is unread and unchanged, one that does not is left to put', () => {
  const { root } = workspace();
  plant(root, old);
  const { calls, fs } = counting();
  const writer = openTree(root, { fs });
  expect(Object.keys(old).map((path) => writer.keep(path))).toEqual([true, true, true, true]);
  expect(['new.yaml', 'prod', '../a', ''].map((path) => writer.keep(path))).toEqual([false, false, false, false]);
  writer.put('new.yaml', 'new');
  expect(writer.commit()).toEqual({ written: ['new.yaml'], removed: [], unchanged: 4 });
  expect(calls).not.toContain('read');
});

test('discard leaves the old tree and nothing else, and may be called again', () => {
  const { dir, root } = workspace();
  plant(root, old);
  const writer = openTree(root);
  writer.put('new/x.yaml', 'x');
  expect(leftovers(dir)).toHaveLength(2);
  writer.discard();
  writer.discard();
  expect([snapshot(root), leftovers(dir)]).toEqual([old, []]);
  expect(() => writer.commit()).toThrow('open it again');
});

test('what is put is on disk beside the root, and the root is not touched before commit', () => {
  const { dir, root } = workspace();
  plant(root, old);
  const writer = openTree(root);
  writer.put('a.yaml', 'staged');
  const stage = leftovers(dir).find((name) => name.startsWith('.cutover-stage-')) ?? '';
  expect([snapshot(join(dir, stage)), snapshot(root)]).toEqual([{ 'a.yaml': 'staged' }, old]);
  writer.discard();
});

test('without hard links unchanged files are copied with their times', () => {
  const { root } = workspace();
  plant(root, old);
  utimesSync(join(root, 'stage/d.yaml'), 1_600_000_000, 1_600_000_000);
  const refuse = (): never => {
    throw Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' });
  };
  const wanted = { ...old, 'a.yaml': 'a2', 'prod/b.yaml': 'b2' };
  write(root, wanted, { fs: { ...nodeFs, link: refuse } });
  expect(snapshot(root)).toEqual(wanted);
  expect(statSync(join(root, 'stage/d.yaml')).mtimeMs).toBe(1_600_000_000_000);
});

test('two names that are one on this file system are refused', () => {
  const { dir, root } = workspace();
  plant(root, old);
  const create: Fs['create'] = (path, text) => nodeFs.create(path.replace('NEW', 'new'), text);
  expect(
    thrown(() => write(root, { ...old, 'new.yaml': '1', 'NEW.yaml': '2' }, { fs: { ...nodeFs, create } })),
  ).toMatchObject({
    code: 'TREE002',
    message: expect.stringContaining('differ only in case'),
  });
  expect([snapshot(root), leftovers(dir)]).toEqual([old, []]);
});

describe('what is not a plain tree is refused and left alone', () => {
  test.each([
    [
      'a link to a file',
      (root: string) => symlinkSync('a.yaml', join(root, 'prod/link')),
      'TREE004',
      'prod/link is a symbolic link',
    ],
    [
      'a link to a directory',
      (root: string) => symlinkSync('prod', join(root, 'link')),
      'TREE004',
      'link is a symbolic link',
    ],
    [
      'a link to nothing',
      (root: string) => symlinkSync('nowhere', join(root, 'link')),
      'TREE004',
      'link is a symbolic link',
    ],
    ['a repository', (root: string) => mkdirSync(join(root, '.git')), 'TREE003', 'is a git repository'],
  ])('%s', (_, spoil, code, said) => {
    const { dir, root } = workspace();
    plant(root, old);
    spoil(root);
    expect(thrown(() => write(root, {}))).toMatchObject({ code, message: expect.stringContaining(said) });
    expect(leftovers(dir)).toEqual([]);
    expect(existsSync(join(root, 'prod/b.yaml'))).toBe(true);
  });

  test('a root that is a link', () => {
    const { dir, root } = workspace();
    plant(join(dir, 'elsewhere'), old);
    symlinkSync('elsewhere', root);
    expect(thrown(() => write(root, {}))).toMatchObject({
      code: 'TREE003',
      message: expect.stringContaining('symbolic link'),
    });
    expect(snapshot(join(dir, 'elsewhere'))).toEqual(old);
  });

  test('a root that is a file', () => {
    const { root } = workspace();
    writeFileSync(root, 'x');
    expect(thrown(() => write(root, {}))).toMatchObject({
      code: 'TREE003',
      message: expect.stringContaining('not a directory'),
    });
  });
});

test('roots side by side with like names do not touch each other', () => {
  const { dir } = workspace();
  const roots = ['dist-1-2', 'dist-1', 'dist2', 'dist', 'dis'].map((base) => join(dir, base));
  const writers = roots.map((root) => openTree(root, { lockWaitMs: 0 }));
  for (const writer of writers) writer.put('a', 'a');
  expect(writers.map((writer) => writer.commit().written)).toEqual(roots.map(() => ['a']));
  expect(leftovers(dir)).toEqual([]);
});
