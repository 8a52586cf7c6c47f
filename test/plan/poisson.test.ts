import fc from 'fast-check';
import { atLeast, atLeastOf, poisson } from '../../lib/plan/poisson';

// scipy 1.17.1: scipy.stats.poisson.sf(k - 1, mean). The first is in every printed table: 1 - 0.0103 for mean 10 and up to 3.
test.each([
  [10, 4, 0.9896639493240743],
  [0.5, 1, 0.3934693402873665],
  [27, 40, 0.011339987237132506],
  [2700, 2800, 0.028293817146080345],
  [100_000, 101_000, 0.0007998010415545408],
])('a mean of %d gives at least %d', (mean, least, expected) => {
  expect(atLeastOf(mean, least)).toBeCloseTo(expected, 9);
});

test('the odds sum up to 1 and have the mean and the variance of their distribution', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 50_000, noNaN: true }), (mean) => {
      const { from, odds } = poisson(mean);
      let [sum, first, second] = [0, 0, 0];
      for (const [i, one] of odds.entries()) {
        sum += one;
        first += one * (from + i);
        second += one * (from + i - mean) ** 2;
      }
      expect(sum).toBeCloseTo(1, 8);
      expect(first / mean).toBeCloseTo(1, 7);
      expect(second / mean).toBeCloseTo(1, 6);
    }),
  );
});

test('nothing arrives where nothing is expected', () => {
  expect(atLeast(poisson(0), 0)).toBe(1);
  expect(atLeast(poisson(0), 1)).toBe(0);
});

test('what is certain without the distribution is certain with it', () => {
  // Whole numbers, because most doubles are tiny: the bound lies nine deviations below the mean.
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 0, max: 200 }), (mean, tenths) => {
      const least = Math.max(0, Math.floor(mean - (tenths / 10) * Math.sqrt(mean)));
      expect(atLeastOf(mean, least)).toBe(atLeast(poisson(mean), least));
    }),
    { numRuns: 500 },
  );
});
