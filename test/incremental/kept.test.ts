import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kept } from '../../lib/incremental/kept';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cutover-kept-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const kept = (build = 'one') => Kept.of<{ readonly n: number }>({ directory, build }, 'numbers');
const files = () =>
  readdirSync(join(directory, 'numbers')).flatMap((folder) =>
    readdirSync(join(directory, 'numbers', folder)).map((file) => join(directory, 'numbers', folder, file)),
  );

test('without a place nothing is kept', () => {
  expect(Kept.of({ directory: undefined, build: 'one' }, 'numbers')).toBeUndefined();
  expect(Kept.of({ directory, build: undefined }, 'numbers')).toBeUndefined();
});

test('what one run keeps the next one has, under any name', () => {
  kept()?.keep(new Map([['a/../b', { n: 1 }]]));
  kept()?.keep(new Map([['', { n: 2 }]]));
  expect([kept()?.get('a/../b'), kept()?.get(''), kept()?.get('c')]).toEqual([{ n: 1 }, { n: 2 }, undefined]);
});

test('another program has nothing of it, and takes it away when it keeps something', () => {
  kept()?.keep(new Map([['a', { n: 1 }]]));
  expect(kept('two')?.get('a')).toBeUndefined();
  kept('two')?.keep(new Map([['a', { n: 2 }]]));
  expect([kept()?.get('a'), kept('two')?.get('a')]).toEqual([undefined, { n: 2 }]);
});

test('a damaged value is none', () => {
  kept()?.keep(new Map([['a', { n: 1 }]]));
  const [file = ''] = files();
  writeFileSync(file, '{"n":7}');
  expect(kept()?.get('a')).toBeUndefined();
});

test('of many the oldest go', () => {
  kept()?.keep(new Map([['old', { n: 0 }]]));
  for (const file of files()) utimesSync(file, 1, 1);
  kept()?.keep(new Map(Array.from({ length: 300 }, (_, n) => [`new ${n}`, { n }])));
  expect([kept()?.get('old'), kept()?.get('new 299'), files().length]).toEqual([undefined, { n: 299 }, 300]);
});

test('where nothing can be written nothing is kept', () => {
  writeFileSync(join(directory, 'numbers'), '');
  kept()?.keep(new Map([['a', { n: 1 }]]));
  expect(kept()?.get('a')).toBeUndefined();
});
