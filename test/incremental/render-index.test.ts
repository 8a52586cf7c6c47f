import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprint } from '../../lib/incremental/fingerprint';
import { RenderIndex } from '../../lib/incremental/render-index';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cutover-index-'));
  mkdirSync(join(folder, 'dist'));
  mkdirSync(join(folder, 'cache'));
  writeFileSync(join(folder, 'dist/a.yaml'), 'a');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const dist = () => join(folder, 'dist');
const open = () => RenderIndex.open(join(folder, 'cache/index'), 'build');

function save(): void {
  const index = open();
  index.rendered('a', 'inputs', [{ path: 'a.yaml', content: fingerprint('a') }]);
  index.save(dist());
}

test('what was saved is found again', () => {
  save();
  expect(open().fresh('a', 'inputs', dist())).toEqual(['a.yaml']);
  expect(open().fresh('a', 'others', dist())).toBeUndefined();
});

test('what a killed run left half-written is taken over by the next, and nothing else stays', () => {
  writeFileSync(join(folder, 'cache/index.json.new'), 'half of an ind');
  save();
  expect(readdirSync(join(folder, 'cache'))).toEqual(['index.json']);
  expect(open().fresh('a', 'inputs', dist())).toEqual(['a.yaml']);
});

test('a cache that cannot be written leaves no half and no words', () => {
  rmSync(join(folder, 'cache'), { recursive: true });
  writeFileSync(join(folder, 'cache'), 'a file');
  expect(save).not.toThrow();
  expect(open().fresh('a', 'inputs', dist())).toBeUndefined();
});

test('what was told is held against what is told again', () => {
  writeFileSync(join(dist(), 'b.yaml'), 'ä');
  const index = open();
  index.rendered('a', 'inputs', [{ path: 'a.yaml' }, { path: 'b.yaml' }], 'shape word');
  index.save(dist());
  const asked: string[] = [];
  const fresh = (...texts: readonly string[]) =>
    open().fresh('a', 'inputs', dist(), (told) => {
      asked.push(told);
      return texts.length === 0 ? undefined : texts.map((text, i) => ({ path: `${'ab'[i]}.yaml`, text }));
    });
  expect([fresh(), asked]).toEqual([['a.yaml', 'b.yaml'], []]);
  for (const name of ['a.yaml', 'b.yaml']) utimesSync(join(dist(), name), 1, 1);
  expect(fresh('a', 'ä')).toEqual(['a.yaml', 'b.yaml']);
  expect(asked).toEqual(['shape word']);
  expect(fresh('a', 'ö')).toBeUndefined();
  expect(fresh('a')).toBeUndefined();
  expect(fresh()).toBeUndefined();
  expect(open().fresh('a', 'inputs', dist())).toBeUndefined();
});
