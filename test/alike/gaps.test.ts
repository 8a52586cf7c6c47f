import fc from 'fast-check';
import { filled, gappedOf, WordPairs } from '../../lib/alike/gaps';

const letters = (maxLength: number, minLength = 0) =>
  fc.string({ unit: fc.constantFrom('a', 'b', '.'), minLength, maxLength });
const pair = fc.tuple(letters(3, 1), letters(3, 1));

/** The same by looking at one character after the other. */
function slowly(one: string, other: string, words: WordPairs): boolean {
  let [i, j] = [0, 0];
  while (i < one.length && j < other.length) {
    const gap = words.at(one, i, other, j);
    if (gap === undefined && one[i] !== other[j]) return false;
    const [length, twin] = gap === undefined ? [1, 1] : words.lengthsOf(gap);
    i += length;
    j += twin;
  }
  return i === one.length && j === other.length;
}

test('what is found of two texts gives both again, and is found where they differ in words only', () => {
  fc.assert(
    fc.property(
      fc.array(pair, { maxLength: 3 }),
      fc.array(fc.oneof(letters(4), fc.nat(2)), { maxLength: 8 }),
      letters(2),
      (pairs, parts, more) => {
        const words = new WordPairs();
        for (const [word, twin] of pairs) words.add(word, twin);
        const side = (of: 0 | 1) =>
          parts.map((part) => (typeof part === 'string' ? part : (pairs[part]?.[of] ?? ''))).join('');
        for (const other of [side(1), `${side(1)}${more}`, `${more}${side(1)}`]) {
          const found = gappedOf(side(0), other, words);
          expect(found !== undefined).toBe(slowly(side(0), other, words));
          if (found === undefined) continue;
          expect(
            filled(
              found,
              pairs.map(([word]) => word),
            ),
          ).toBe(side(0));
          expect(
            filled(
              found,
              pairs.map(([, twin]) => twin),
            ),
          ).toBe(other);
        }
      },
    ),
    { numRuns: 3000 },
  );
});
