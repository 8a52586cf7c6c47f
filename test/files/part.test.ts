import { join } from 'node:path';
import fc from 'fast-check';
import { openTree, type TreeResult } from '../../lib/files/tree';
import {
  directories,
  identity,
  leftovers,
  noExchange,
  plant,
  removeWorkspaces,
  simulatedExchange,
  snapshot,
  type Tree,
  workspace,
} from './support';

afterAll(removeWorkspaces);

type Files = NonNullable<Tree>;
type Owner = (path: string) => number;

/** Brings the part of a tree that an owner has. */
function bring(root: string, wanted: Files, owner: Owner, who: number, fs = simulatedExchange): TreeResult {
  const tree = openTree(root, { fs, owns: (path) => owner(path) === who });
  for (const [path, text] of Object.entries(wanted)) if (owner(path) === who) tree.put(path, text);
  return tree.commit();
}

/** Everything below a name of the second level belongs to one owner, as in `dist/`. */
const byName =
  (owners: number): Owner =>
  (path) => {
    const name = path.split('/')[1]?.replace(/\.yaml$/, '');
    return name === undefined ? 0 : name.charCodeAt(0) % owners;
  };

const segment = fc.constantFrom('a', 'b', 'c', 'd.yaml', 'e.yaml');
const files = fc
  .dictionary(
    fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join('/')),
    fc.constantFrom('', 'x', 'y'),
    { maxKeys: 12 },
  )
  .map((all): Files => {
    const kept = Object.entries(all).filter(([one]) => !Object.keys(all).some((other) => one.startsWith(`${other}/`)));
    return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
  });

test.each([
  ['exchange', simulatedExchange],
  ['two renames', noExchange],
])('parts brought one after the other give the whole, in any order, over any old tree, by %s', (_, fs) => {
  const { dir, root } = workspace();
  const property = fc.property(files, files, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (old, to, order) => {
    plant(root, old);
    const owner = byName(4);
    for (const who of order) bring(root, to, owner, who, fs);
    expect(snapshot(root)).toEqual(to);
    expect(leftovers(dir)).toEqual([]);
  });
  fc.assert(property, { numRuns: 300 });
});

test('a part leaves the files of others alone, also where the whole tree is swapped', () => {
  const { root } = workspace();
  const old = { 'p/a.yaml': 'a', 'p/b.yaml': 'b', 'p/stale-a': 'x', 'q/b.yaml': 'b', 'r/deep/b.yaml': 'b' };
  plant(root, old);
  const others = ['p/b.yaml', 'q/b.yaml', 'r/deep/b.yaml'];
  const before = others.map((path) => identity(join(root, path)));
  const tree = openTree(root, { owns: (path) => /a\.yaml$|-a$/.test(path) });
  tree.put('p/a.yaml', 'new');
  tree.put('s/a.yaml', 'new');
  expect(tree.commit()).toEqual({ written: ['p/a.yaml', 's/a.yaml'], removed: ['p/stale-a'], unchanged: 0 });
  expect(others.map((path) => identity(join(root, path)))).toEqual(before);
  expect(directories(root)).toEqual(['p', 'q', 'r', 'r/deep', 's']);
});

test('a stale file of the part goes, and its folder; an empty part removes nothing else', () => {
  const { root } = workspace();
  plant(root, { 'gone/a.yaml': 'a', 'p/b.yaml': 'b' });
  expect(openTree(root, { owns: (path) => path.includes('a.') }).commit()).toEqual({
    written: [],
    removed: ['gone/a.yaml'],
    unchanged: 0,
  });
  expect([snapshot(root), directories(root)]).toEqual([{ 'p/b.yaml': 'b' }, ['p']]);
});

test('a file of another that stands where a folder must be gives way', () => {
  const { root } = workspace();
  plant(root, { p: 'a file', q: 'kept' });
  const tree = openTree(root, { owns: () => false });
  tree.put('p/a.yaml', 'a');
  expect(tree.commit()).toEqual({ written: ['p/a.yaml'], removed: ['p'], unchanged: 0 });
  expect(snapshot(root)).toEqual({ 'p/a.yaml': 'a', q: 'kept' });
});

test('and so do files of another inside of what must be a file', () => {
  const { root } = workspace();
  plant(root, { 'p/a.yaml/deep/inside': 'x', 'p/b/c': 'kept' });
  const tree = openTree(root, { owns: () => false });
  tree.put('p/a.yaml', 'a');
  expect(tree.commit()).toEqual({ written: ['p/a.yaml'], removed: ['p/a.yaml/deep/inside'], unchanged: 0 });
  expect(snapshot(root)).toEqual({ 'p/a.yaml': 'a', 'p/b/c': 'kept' });
});
