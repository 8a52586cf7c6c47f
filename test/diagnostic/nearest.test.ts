import fc from 'fast-check';
import { editDistance, nearest } from '../../lib/diagnostic/nearest';

test.each([
  ['prot', ['path', 'port', 'protocol'], 'port'],
  ['replica', ['replicas', 'resources'], 'replicas'],
  ['Replicas', ['replicas', 'resources'], 'replicas'],
  ['setWieght', ['setWeight', 'pause', 'analysis'], 'setWeight'],
  ['metricpath', ['port', 'metricsPath'], 'metricsPath'],
  ['helm', ['name', 'ports', 'gates'], undefined],
  ['x', ['y'], 'y'],
  ['', ['a'], 'a'],
  ['ab', ['cd'], undefined],
  ['port', [], undefined],
  ['ports', ['porta', 'portb'], 'porta'],
  ['ports', ['portb', 'porta'], 'porta'],
  ['a'.repeat(65), ['a'.repeat(65)], undefined],
  ['abcdefghi', ['abcdefxyz'], 'abcdefxyz'],
  ['abcdefgh', ['abcdexyz'], undefined],
] as const)('%s of %j is %s', (word, candidates, found) => expect(nearest(word, candidates)).toBe(found));

/** The recursive definition, slow and plain. */
function reference(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const cut = (text: string, count: number) => text.slice(0, text.length - count);
  const ways = [
    reference(cut(a, 1), b) + 1,
    reference(a, cut(b, 1)) + 1,
    reference(cut(a, 1), cut(b, 1)) + (a.at(-1) === b.at(-1) ? 0 : 1),
  ];
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1))
    ways.push(reference(cut(a, 2), cut(b, 2)) + 1);
  return Math.min(...ways);
}

describe('editDistance', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 });

  test('is what its definition says', () => {
    fc.assert(fc.property(word, word, (a, b) => expect(editDistance(a, b)).toBe(reference(a, b))));
  });

  test('is symmetric, and 0 for equal words only', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
      }),
    );
  });
});
