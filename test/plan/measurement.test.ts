import fc from 'fast-check';
import { PROXY_BUCKETS, shareAbove, shareCountedAbove } from '../../lib/plan/latency';
import { belowOdds, measurementOdds } from '../../lib/plan/measurement';
import { readingsAt } from '../../lib/plan/traffic';
import { gateWith } from './cases';

// scipy 1.17.1, the other way round: sum over n of poisson.pmf(n, requests) * binom.cdf(floor(bound * n), n, share), n >= least.
test.each([
  [6, 0.05, 0.05, 1, 0.7383414208197913],
  [45, 0.102, 0.05, 15, 0.12959033974870077],
  [540, 0.102, 0.05, 15, 7.253037033311225e-6],
  [540, 0.04, 0.05, 15, 0.8805437175248257],
  [2700, 0.055, 0.05, 15, 0.12691030435267436],
  [18, 0.002, 0.01, 15, 0.7616374733056981],
])('of %d requests a share of %d is bad: at most %d of at least %d', (requests, share, bound, least, expected) => {
  expect(belowOdds(requests, share, bound, least)).toBeCloseTo(expected, 9);
});

describe('the limits of a bound on a share', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const requests = fc.double({ min: 0.1, max: 3000, noNaN: true });

  test('more bad requests never pass more often, a looser bound never less often', () => {
    fc.assert(
      fc.property(requests, share, share, share, (n, a, b, bound) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(belowOdds(n, high, bound, 1)).toBeLessThanOrEqual(belowOdds(n, low, bound, 1) + 1e-9);
        expect(belowOdds(n, bound, high, 1)).toBeGreaterThanOrEqual(belowOdds(n, bound, low, 1) - 1e-9);
      }),
    );
  });

  test('no bad request, or a bound of 1: what was answered passes', () => {
    expect(belowOdds(50, 0, 0, 1)).toBeCloseTo(1 - Math.exp(-50), 12);
    expect(belowOdds(50, 0.7, 1, 1)).toBeCloseTo(1 - Math.exp(-50), 12);
    expect(belowOdds(50, 1, 0.5, 1)).toBeCloseTo(0, 12);
  });
});

describe('latencies', () => {
  // scipy 1.17.1: scipy.stats.lognorm.sf(x, s=log(3) / norm.ppf(0.95), scale=0.04)
  test.each([
    [0.05, 0.36915475823500943],
    [0.1, 0.08505041188767798],
    [0.12, 0.05],
    [0.25, 0.0030369979156797916],
  ])('a median of 0.04 s and a 95th percentile of 0.12 s: above %d s', (seconds, expected) => {
    expect(shareAbove({ medianSeconds: 0.04, p95Seconds: 0.12 }, seconds)).toBeCloseTo(expected, 6);
  });

  test('within a bucket histogram_quantile takes latencies for evenly spread', () => {
    const latency = { medianSeconds: 0.04, p95Seconds: 0.12 };
    const [low, high] = [shareAbove(latency, 0.1), shareAbove(latency, 0.25)];
    expect(shareCountedAbove(latency, 0.2, PROXY_BUCKETS)).toBeCloseTo(high + ((low - high) * 0.05) / 0.15, 12);
    expect(shareCountedAbove(latency, 0.25, PROXY_BUCKETS)).toBeCloseTo(high, 12);
    expect(shareCountedAbove(latency, 0.2, undefined)).toBeCloseTo(shareAbove(latency, 0.2), 12);
  });
});

describe('what a window holds', () => {
  const traffic = { requestsPerSecond: 120, scrapeIntervalSeconds: 15 };
  const exposures = [
    { fromSeconds: 0, toSeconds: 100, weight: 10 },
    { fromSeconds: 100, toSeconds: 1000, weight: 50 },
  ];

  test('of four scrapes three intervals are seen, and increase() makes a whole window of them', () => {
    const [reading, ...more] = readingsAt(90, 60, exposures, traffic);
    expect(more).toEqual([]);
    expect(reading).toMatchObject({ probability: 1, scrapes: 4, canaryRequests: 540 });
    expect(reading?.extrapolation).toBeCloseTo(60 / 45, 12);
  });

  test('a window that is no multiple of the scrape interval holds one scrape more or less', () => {
    const readings = readingsAt(90, 50, exposures, traffic);
    expect(readings.map(({ scrapes }) => scrapes)).toEqual([3, 4]);
    expect(readings.map(({ probability }) => probability)).toEqual([
      expect.closeTo(2 / 3, 9),
      expect.closeTo(1 / 3, 9),
    ]);
  });

  test('a window across a change of the weight holds requests of both', () => {
    const [reading] = readingsAt(130, 60, exposures, traffic);
    expect(reading?.canaryRequests).toBeGreaterThan(45 * 12);
    expect(reading?.canaryRequests).toBeLessThan(45 * 60);
  });

  test.each([
    ['before the first request', 0],
    ['after one scrape', 10],
  ])('%s there is no answer, which is no success', (_, at) => {
    const odds = measurementOdds(gateWith({}), readingsAt(at, 60, exposures, traffic), {
      canary: { errorRate: 0, latency: undefined },
      stable: { errorRate: 0, latency: undefined },
    });
    expect(odds).toMatchObject({ success: 0, failure: 0, inconclusive: 1 });
  });
});

test('a canary as bad as a bad stable version passes a gate that compares, and fails one that does not', () => {
  const bad = { errorRate: 0.2, latency: undefined };
  const readings = readingsAt(600, 60, [{ fromSeconds: 0, toSeconds: 900, weight: 50 }], {
    requestsPerSecond: 200,
    scrapeIntervalSeconds: 15,
  });
  const told = { canary: bad, stable: bad };
  expect(measurementOdds(gateWith({ relative: true }), readings, told).success).toBeGreaterThan(0.99);
  expect(measurementOdds(gateWith({}), readings, told).failure).toBeGreaterThan(0.99);
});

test.each([
  ['fewer than come', 1_000_000, { success: expect.closeTo(1, 9), failure: expect.closeTo(0, 9) }],
  ['more than come', 1_000_000_000_000, { inconclusive: expect.closeTo(1, 9) }],
])('a thousand million requests a second are judged at once, where a gate wants %s', (_, minRequests, odds) => {
  const readings = readingsAt(600, 60, [{ fromSeconds: 0, toSeconds: 900, weight: 50 }], {
    requestsPerSecond: 1_000_000_000,
    scrapeIntervalSeconds: 15,
  });
  const good = { errorRate: 0.001, latency: undefined };
  const began = process.cpuUsage();
  expect(measurementOdds(gateWith({ minRequests }), readings, { canary: good, stable: good })).toMatchObject(odds);
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(500);
});
