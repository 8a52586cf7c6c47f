import { APART, BACKGROUND, COMPARED, EARLY, NEW_PODS, OVERLAPPING, SLOW } from './cases';
import { allowance, distance, ENDINGS, exactly, played } from './compare';
import { COURSES } from './course-cases';

// 10,000 releases of each case are played, with seeds that are fixed: see simulator.ts for what is played, and cases.ts for the cases.
const EXACT = [...APART, ...BACKGROUND, ...COMPARED, ...SLOW, ...COURSES];

test('there are enough cases', () => expect(EXACT.length).toBeGreaterThan(200));

describe.each(EXACT.map((one, i) => ({ ...one, seed: i + 1 })))('$name', (one) => {
  test('plays as it is worked out', () => {
    const exact = exactly(one);
    const frequencies = played(one, one.seed);
    const wrong = ENDINGS.filter((ending) => Math.abs(exact[ending] - frequencies[ending]) > allowance(exact[ending]));
    expect(wrong.map((ending) => [ending, exact[ending], frequencies[ending]])).toEqual([]);
    const late = frequencies.stops.map((share, i) => {
      const { passed = 0, failed = 0, errored = 0, inconclusive = 0 } = exact.stops[i] ?? {};
      return (
        Math.abs(share - passed - failed - errored - inconclusive) - allowance(passed + failed + errored + inconclusive)
      );
    });
    expect(Math.max(...late)).toBeLessThanOrEqual(0);
  });
});

/** What is not exact, and how far off it may be; docs/why.md tells the same numbers. */
test.each([
  ['windows that share requests', OVERLAPPING, 0.06],
  ['counters of new pods', NEW_PODS, 0.1],
  ['windows that reach back before the canary', EARLY, 0.1],
] as const)('%s', (_, cases, most) => {
  const worst = Math.max(...cases.map((one, i) => distance(exactly(one), played(one, i + 1))));
  expect(worst).toBeLessThan(most);
});
