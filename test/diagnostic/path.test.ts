import fc from 'fast-check';
import { formatPath, type Path, pathFromPointer, valueAt } from '../../lib/diagnostic/path';

test.each<[Path, string]>([
  [[], '(root)'],
  [['services', 'web', 'strategy', 'steps', 1, 'setWeight'], 'services.web.strategy.steps[1].setWeight'],
  [[0, 1], '[0][1]'],
  [['error-rate'], 'error-rate'],
  [['a', '1.2', 'release'], 'a["1.2"].release'],
  [['a', ''], 'a[""]'],
  [['0'], '["0"]'],
  [['a', 'b"]c'], 'a["b\\"]c"]'],
  [['a', 'new\nline'], 'a["new\\nline"]'],
  [['$schema'], '$schema'],
  [['k'.repeat(81)], `["${'k'.repeat(80)}…"]`],
])('%j is shown as %s', (path, shown) => expect(formatPath(path)).toBe(shown));

test('two paths never look the same', () => {
  const segment = fc.oneof(
    fc.nat(9),
    fc.string({ unit: fc.constantFrom('a', '0', '.', '[', ']', '"', '\\'), maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 4 }), fc.array(segment, { maxLength: 4 }), (a, b) => {
      expect(formatPath(a) === formatPath(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
    { numRuns: 2000 },
  );
});

describe('valueAt', () => {
  const root: unknown = JSON.parse('{"a":[{"b":null}],"__proto__":{"c":1}}');

  test.each<[Path, unknown]>([
    [['a', 0, 'b'], null],
    [['a', 1], undefined],
    [['a', 0, 'b', 'c'], undefined],
    [['__proto__', 'c'], 1],
    [['constructor'], undefined],
    [['a', 'length'], 1],
    [['a', 0, 'toString'], undefined],
  ])('%j', (path, value) => expect(valueAt(root, path)).toEqual(value));
});

test.each<[string, Path]>([
  ['', []],
  ['/services/web/steps/1', ['services', 'web', 'steps', 1]],
  ['/labels/a~1b~0c', ['labels', 'a/b~c']],
  ['/services/1', ['services', '1']],
  ['/gone/1', ['gone', '1']],
])('the pointer %s leads along %j', (pointer, path) => {
  const root = { services: { web: { steps: [0, 1] }, 1: 'a key' }, labels: { 'a/b~c': 0 } };
  expect(pathFromPointer(root, pointer)).toEqual(path);
});
