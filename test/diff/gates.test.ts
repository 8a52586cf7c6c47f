import { powerOf } from '../../lib/diff/gates';

// R: 1 - pbinom(failureLimit, count, 0.5)
test.each([
  [{ count: 10, interval: '30s', failureLimit: 1 }, 0.9892578],
  [{ count: 3, interval: '10s', failureLimit: 2 }, 0.125],
  [{ count: 5, interval: '10s' }, 0.96875],
  [{ count: 3, interval: '10s', failureLimit: 3 }, 0],
  [{}, 0.5],
])('a version that fails half of its measurements is stopped by %j in a share of %d', (metric, share) => {
  expect(powerOf(metric)).toBeCloseTo(share, 6);
});

test('of a metric that is measured until the release ends nothing is said', () => {
  expect(powerOf({ interval: '30s', failureLimit: 1 })).toBeUndefined();
  expect(powerOf({ count: '{{args.count}}', interval: '30s' })).toBeUndefined();
});
