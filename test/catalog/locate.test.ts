import fc from 'fast-check';
import { locator, positionOf, startsOfLines } from '../../lib/catalog/locate';
import type { Path } from '../../lib/diagnostic/path';

const TEXT = `{
  "a": { "b": [10, { "c": 1 }] },
  "twice": 1,
\t"twice": { "x": 2 },
  "__proto__": { "0": [] },
  "é🚀": "x", "after": 1
}`;

test.each<[Path, number, number]>([
  [[], 1, 1],
  [['a'], 2, 3],
  [['a', 'b'], 2, 10],
  [['a', 'b', 0], 2, 16],
  [['a', 'b', 1, 'c'], 2, 22],
  [['a', 'b', 9], 2, 10],
  [['a', 'missing', 'deeper'], 2, 3],
  [['missing'], 1, 1],
  [['twice'], 4, 2],
  [['twice', 'x'], 4, 13],
  [['__proto__', '0'], 5, 18],
  [['constructor'], 1, 1],
  [['a', 'b', 'length'], 2, 10],
  [['after'], 6, 15],
])('%j stands at %i:%i', (path, line, column) => {
  expect(locator('f.json', TEXT)(path)).toEqual({ file: 'f.json', line, column });
});

test('every path of a JSON text is found where it is written', () => {
  const json = fc.dictionary(fc.string({ minLength: 1 }), fc.dictionary(fc.string(), fc.nat(9), { maxKeys: 3 }), {
    maxKeys: 3,
  });
  fc.assert(
    fc.property(json, fc.constantFrom('\n', '\r\n', '\r'), (value, newline) => {
      const text = JSON.stringify(value, null, 1).replaceAll('\n', newline);
      const lines = text.split(newline);
      const locate = locator('f.json', text);
      for (const [name, inner] of Object.entries(value)) {
        for (const key of Object.keys(inner)) {
          const { line, column } = locate([name, key]);
          expect(lines[line - 1]?.slice(column - 1)).toMatch(/^"/);
          expect(lines[line - 1]?.slice(column - 1).startsWith(JSON.stringify(key))).toBe(true);
        }
      }
    }),
  );
});

test('a text that is not JSON has places too', () => {
  expect(locator('f.json', '')(['a'])).toEqual({ file: 'f.json', line: 1, column: 1 });
});

test('offsets and lines', () => {
  expect(startsOfLines('a\nb\r\nc\rd')).toEqual([0, 2, 5, 7]);
  const starts = [0, 2, 5, 7];
  expect([0, 1, 2, 4, 5, 7, 99].map((offset) => positionOf('f', starts, offset).line)).toEqual([1, 1, 2, 2, 3, 4, 4]);
});

test('fifty thousand faults in one object are located in a moment', () => {
  const keys = Array.from({ length: 50_000 }, (_, i) => `key${i}`);
  const locate = locator('f.json', JSON.stringify(Object.fromEntries(keys.map((key) => [key, 1])), null, 1));
  const start = performance.now();
  for (const key of keys) locate([key]);
  expect(performance.now() - start).toBeLessThan(2000);
});
