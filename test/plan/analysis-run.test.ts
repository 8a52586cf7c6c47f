import fc from 'fast-check';
import { type MeasurementOdds, type RunLimits, runOdds } from '../../lib/plan/analysis-run';

const odds = (failure: number, inconclusive = 0, error = 0): MeasurementOdds => ({
  failure,
  inconclusive,
  error,
  success: 1 - failure - inconclusive - error,
});
const times = (count: number, one: MeasurementOdds): readonly MeasurementOdds[] =>
  Array.from({ length: count }, () => one);
const limits = (given: Partial<RunLimits> = {}): RunLimits => ({
  count: 3,
  failureLimit: 0,
  inconclusiveLimit: 0,
  consecutiveErrorLimit: 4,
  ...given,
});

describe('the verdicts of a run', () => {
  // Tables of the binomial distribution: P(X > 1) for n = 3 and p = 0.1; P(X > 3) for n = 10 and p = 0.2 (1 - 0.8791).
  test.each([
    [3, 0.1, 1, 0.028],
    [3, 0.3, 0, 0.657],
    [10, 0.2, 3, 0.12087388160000007],
  ])('%d measurements that each fail with %d, %d forgiven', (count, failure, failureLimit, expected) => {
    const run = runOdds(times(count, odds(failure)), limits({ count, failureLimit }));
    expect(run.failed).toBeCloseTo(expected, 12);
    expect(run.passed).toBeCloseTo(1 - expected, 12);
  });

  test('failures more than failureLimit, whenever they were (P18)', () => {
    const run = runOdds([odds(1), odds(0), odds(1), odds(0), odds(1)], limits({ count: 5, failureLimit: 2 }));
    expect(run.failed).toBe(1);
    expect(run.stops.map(({ failed }) => failed)).toEqual([0, 0, 0, 0, 1]);
  });

  // Schilling, The longest run of heads (1990): a run of five or more in twenty throws has 0.2499.
  test('the fifth error in a row, in the background', () => {
    const run = runOdds(times(20, odds(0, 0, 0.5)), limits({ count: undefined }));
    expect(run.errored).toBeCloseTo(0.24987030029296875, 12);
    expect(run.passed).toBeCloseTo(1 - 0.24987030029296875, 12);
  });

  test('errors do not count as measurements: a run goes on until its count has answered', () => {
    const run = runOdds(times(1, odds(0.2, 0, 0.3)), limits({ count: 2 }));
    // Each of two answers fails with 0.2 / 0.7, unless five errors come first.
    const fifth = 0.3 ** 5;
    const answer = 1 - fifth;
    expect(run.errored).toBeCloseTo(fifth + answer * (0.5 / 0.7) * fifth, 10);
    expect(run.passed).toBeCloseTo((answer * (0.5 / 0.7)) ** 2, 10);
  });

  test('more inconclusive measurements than are forgiven pause the release', () => {
    const run = runOdds(times(3, odds(0, 0.5)), limits({ inconclusiveLimit: 1 }));
    expect(run.inconclusive).toBeCloseTo(0.5, 12);
  });

  test('a run that the release ends without a verdict is Successful (B5)', () => {
    const run = runOdds(times(2, odds(1)), limits({ count: undefined, failureLimit: 2 }));
    expect(run).toMatchObject({ passed: 1, failed: 0 });
  });

  test('silence is never a success: a run without an answer does not pass', () => {
    const run = runOdds(times(3, odds(0, 1)), limits({ failureLimit: 1, inconclusiveLimit: 1 }));
    expect(run).toMatchObject({ passed: 0, inconclusive: 1 });
  });
});

describe('measurements that share requests', () => {
  const three = times(3, odds(0.3));

  test('of the same requests they are one measurement', () => {
    expect(runOdds(three, limits(), [0, 0.995, 0.995]).failed).toBeLessThan(0.4);
    expect(runOdds(three, limits(), [0, 0, 0]).failed).toBeCloseTo(1 - 0.7 ** 3, 12);
  });

  test('the more they share, the fewer are chances of their own', () => {
    const failed = [0, 0.2, 0.4, 0.6, 0.8, 0.95].map((one) => runOdds(three, limits(), [0, one, one]).failed);
    expect([...failed].sort((a, b) => b - a)).toEqual(failed);
  });

  test('each keeps its own odds', () => {
    const unequal = [odds(0.1), odds(0.4, 0.1), odds(0.05)];
    const third = runOdds(unequal, limits({ failureLimit: 9, inconclusiveLimit: 9 }), [0, 0.7, 0.7]);
    expect(third.passed).toBeCloseTo(1, 9);
    const second = runOdds(unequal.slice(0, 2), limits({ count: 2, failureLimit: 1, inconclusiveLimit: 9 }), [0, 0.7]);
    // Both fail at most as often as the rarer one, and at least as often as if they had nothing to do with each other.
    expect(second.failed).toBeLessThan(0.1);
    expect(second.failed).toBeGreaterThan(0.04);
  });

  // Sheppard 1899: two standard normal variables of correlation r are both above 0 with 1/4 + asin(r) / 2π.
  test.each([0.25, 0.5, 0.75, 0.9])('two that fail half of the time, with a correlation of %d', (correlation) => {
    const run = runOdds(times(2, odds(0.5)), limits({ count: 2, failureLimit: 1 }), [0, correlation]);
    expect(run.failed).toBeCloseTo(0.25 + Math.asin(correlation) / (2 * Math.PI), 2);
  });
});

test('whatever the odds and limits, the endings sum up to 1, and more forgiven never fails more', () => {
  const share = fc.double({ min: 0, max: 0.33, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(share, share, share), { minLength: 1, maxLength: 8 }),
      fc.record({
        count: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
        failureLimit: fc.integer({ min: 0, max: 3 }),
        inconclusiveLimit: fc.integer({ min: 0, max: 3 }),
        consecutiveErrorLimit: fc.integer({ min: 0, max: 4 }),
      }),
      (given, rules) => {
        const run = runOdds(
          given.map(([a, b, c]) => odds(a, b, c)),
          rules,
        );
        expect(run.passed + run.failed + run.errored + run.inconclusive).toBeCloseTo(1, 9);
        const looser = runOdds(
          given.map(([a, b, c]) => odds(a, b, c)),
          { ...rules, failureLimit: rules.failureLimit + 1 },
        );
        expect(looser.failed).toBeLessThanOrEqual(run.failed + 1e-12);
      },
    ),
  );
});
