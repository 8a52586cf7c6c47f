import { join } from 'node:path';
import { openTree, type TreeFault } from '../../lib/files/tree';
import { leftovers, plant, removeWorkspaces, snapshot, thrown, workspace } from './support';

afterAll(removeWorkspaces);

const old = { 'prod/a.yaml': 'a' };

describe.each<[path: string, code: TreeFault['code'], said: string]>([
  ['', 'TREE001', 'is empty'],
  ['/etc/a.yaml', 'TREE001', 'is absolute'],
  ['../a.yaml', 'TREE001', '".." segment'],
  ['prod/../../a.yaml', 'TREE001', '".." segment'],
  ['prod/..', 'TREE001', '".." segment'],
  ['./a.yaml', 'TREE001', '"." segment'],
  ['prod/./a.yaml', 'TREE001', '"." segment'],
  ['prod//a.yaml', 'TREE001', 'empty segment'],
  ['prod/', 'TREE001', 'empty segment'],
  ['a\0.yaml', 'TREE001', 'control character'],
  ['a\n.yaml', 'TREE001', 'control character'],
  ['prod\\a.yaml', 'TREE001', 'backslash'],
  ['C:\\a.yaml', 'TREE001', 'backslash'],
  ['new/first.yaml', 'TREE002', 'is written twice'],
  ['new', 'TREE002', 'is both a file and a directory'],
  ['new/first.yaml/deeper.yaml', 'TREE002', 'new/first.yaml is both a file and a directory'],
])('put(%j)', (path, code, said) => {
  test(`is refused: ${said}`, () => {
    const { dir, root } = workspace();
    plant(root, old);
    const writer = openTree(root);
    writer.put('new/first.yaml', 'x');
    expect(thrown(() => writer.put(path, 'x'))).toMatchObject({
      name: 'TreeFault',
      code,
      path,
      severity: 'error',
      message: expect.stringContaining(said),
    });
    expect([snapshot(root), leftovers(dir)]).toEqual([old, []]);
    expect(() => writer.put('new/second.yaml', 'x')).toThrow('open it again');
  });
});

test.each(['a', '..a', '...', '.hidden', 'a..b/c', 'ä ö/日本.yaml', '__proto__', 'constructor/toString'])(
  'put(%j) is accepted',
  (path) => {
    const { root } = workspace();
    const writer = openTree(root);
    writer.put(path, path);
    writer.commit();
    expect(Object.entries(snapshot(root) ?? {})).toEqual([[path, path]]);
  },
);

test('a path kept and then put is refused', () => {
  const { root } = workspace();
  plant(root, old);
  const writer = openTree(root);
  expect(writer.keep('prod/a.yaml')).toBe(true);
  expect(() => writer.put('prod/a.yaml', 'b')).toThrow('prod/a.yaml is written twice');
});

test.each(['', '.', '..', '/', process.cwd(), join(process.cwd(), '..')])('root %j is refused', (root) => {
  expect(thrown(() => openTree(root))).toMatchObject({ code: 'TREE003', hint: expect.stringContaining('dist') });
});
