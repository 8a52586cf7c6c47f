import { join } from 'node:path';
import fc from 'fast-check';
import { openTree } from '../../lib/files/tree';
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

const segment = fc.constantFrom('a', 'b', 'c', 'd.yaml');
const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join('/'));
const text = fc.oneof(fc.constantFrom('', 'x', 'y'), fc.string({ unit: 'grapheme' }));

/** Drops what stands inside a file. */
const tree = fc.dictionary(path, text, { maxKeys: 12 }).map((files): NonNullable<Tree> => {
  const kept = Object.entries(files).filter(
    ([one]) => !Object.keys(files).some((other) => one.startsWith(`${other}/`)),
  );
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
});

const parents = (files: NonNullable<Tree>): readonly string[] => {
  const all = Object.keys(files).flatMap((file) =>
    file
      .split('/')
      .slice(0, -1)
      .map((_, i, segments) => segments.slice(0, i + 1).join('/')),
  );
  return [...new Set(all)].sort();
};

test.each([
  ['exchange', simulatedExchange],
  ['two renames', noExchange],
])('after commit the tree is the wanted one, by %s', (_, fs) => {
  const { dir, root } = workspace();
  const property = fc.property(tree, tree, fc.boolean(), fc.boolean(), (one, other, overlap, keeps) => {
    const to = overlap
      ? Object.fromEntries(Object.entries(other).map(([name, value]) => [name, one[name] ?? value]))
      : other;
    plant(root, one);
    const same = Object.keys(to).filter((name) => one[name] === to[name]);
    const before = same.map((name) => identity(join(root, name)));
    const writer = openTree(root, { fs });
    for (const [name, value] of Object.entries(to))
      if (!(keeps && same.includes(name) && writer.keep(name))) writer.put(name, value);
    const result = writer.commit();
    expect(snapshot(root)).toEqual(to);
    expect(directories(root)).toEqual(parents(to));
    expect(same.map((name) => identity(join(root, name)))).toEqual(before);
    expect(result).toEqual({
      written: Object.keys(to)
        .filter((name) => !same.includes(name))
        .sort(),
      removed: Object.keys(one)
        .filter((name) => !Object.hasOwn(to, name))
        .sort(),
      unchanged: same.length,
    });
    expect(leftovers(dir)).toEqual([]);
  });
  fc.assert(property, { numRuns: 300 });
});
