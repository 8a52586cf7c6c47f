import { derive, pauseFor, type Wanted } from '../../lib/plan/derive';
import { gateOdds } from '../../lib/plan/gate';
import { PROXY_BUCKETS, slower } from '../../lib/plan/latency';
import { gateWith, LATENCY } from './cases';

const good = { errorRate: 0.002, latency: LATENCY };
const STEPS = [10, 25, 50, 100].map((weight) => ({ weight, pauseSeconds: undefined }));

function wanted(given: Partial<Wanted> = {}, requestsPerSecond = 120): Wanted {
  return {
    kind: 'errorRate',
    quantile: 0.95,
    relative: false,
    buckets: PROXY_BUCKETS,
    traffic: { requestsPerSecond, scrapeIntervalSeconds: 15 },
    asks: STEPS,
    good,
    bad: { errorRate: 0.1, latency: LATENCY },
    normal: 0.002,
    worst: 0.1,
    falseAlarmRisk: 0.01,
    missRisk: 0.05,
    stepSeconds: 150,
    ...given,
  };
}
const latency = (given: Partial<Wanted> = {}): Partial<Wanted> => ({
  kind: 'latency',
  bad: { errorRate: 0.002, latency: slower(LATENCY, 2) },
  normal: 0.12,
  worst: 0.24,
  ...given,
});

/** The canary and the stable version in the same window, while both have requests. */
const compared = (given: Partial<Wanted>): Partial<Wanted> => ({
  relative: true,
  asks: STEPS.filter(({ weight }) => weight < 100),
  normal: 0,
  ...given,
});

function found(given: Wanted) {
  const result = derive(given);
  if (result.kind !== 'found') throw new Error(JSON.stringify(result));
  return result.gate;
}

/** The same gate, asked of the release as a timeline has it: each step after its pause. */
function overall(
  { asks, traffic, kind, buckets, relative }: Wanted,
  gate: ReturnType<typeof found>,
  canary: Wanted['good'],
): number {
  const pause = pauseFor(gate.windowSeconds, traffic);
  const stepSeconds = pause + gate.count * gate.intervalSeconds;
  const exposures = asks.map(({ weight }, i) => ({
    fromSeconds: i * stepSeconds,
    toSeconds: (i + 1) * stepSeconds,
    weight,
  }));
  const bound = { direction: kind === 'successRate' ? 'atLeast' : 'atMost', value: gate.bound } as const;
  return exposures.reduce((passes, { fromSeconds }) => {
    const use = { kind: 'step', fromSeconds: fromSeconds + pause } as const;
    const truth = { canary, stable: good };
    return (
      passes *
      gateOdds(gateWith({ ...gate, kind, bound, relative }), use, { traffic, exposures, truth, buckets }).passed
    );
  }, 1);
}

describe.each([
  ['errors', wanted()],
  ['errors at a tenth of the requests', wanted({}, 12)],
  ['errors of a few requests', wanted({ worst: 0.3, bad: { errorRate: 0.3, latency: LATENCY } }, 3)],
  ['successes', wanted({ kind: 'successRate', normal: 0.998, worst: 0.9 })],
  ['latency', wanted(latency())],
  ['latency at a tenth of the requests', wanted(latency(), 12)],
  ['errors beside the stable version', wanted(compared({ worst: 0.098 }))],
  ['errors beside the stable version at a tenth of the requests', wanted(compared({ worst: 0.098 }), 12)],
  ['latency beside the stable version', wanted(latency(compared({ worst: 0.12 })))],
  ['latency of a known distribution without buckets', wanted(latency({ buckets: undefined }))],
])('a gate on %s', (_, given) => {
  const gate = found(given);

  test('keeps both risks and the time, also as the release plays it', () => {
    expect(gate.seconds).toBeLessThanOrEqual(given.stepSeconds);
    expect(1 - overall(given, gate, given.good)).toBeLessThanOrEqual(given.falseAlarmRisk + 1e-9);
    const before = { ...given, asks: given.asks.filter(({ weight }) => weight < 100) };
    expect(overall(before, gate, given.bad)).toBeLessThanOrEqual(given.missRisk + 1e-9);
  });

  test('has its bound between what is normal and what must be stopped, and can fail', () => {
    const [low, high] = [Math.min(given.normal, given.worst), Math.max(given.normal, given.worst)];
    expect(gate.bound).toBeGreaterThan(low);
    expect(gate.bound).toBeLessThanOrEqual(high);
    expect(gate.failureLimit).toBeLessThan(gate.count);
  });

  test('has windows that share nothing, lie inside of the step and survive a failed scrape', () => {
    expect(gate.intervalSeconds).toBeGreaterThanOrEqual(gate.windowSeconds);
    expect(pauseFor(gate.windowSeconds, given.traffic)).toBeGreaterThanOrEqual(gate.windowSeconds + 15);
    expect(gate.windowSeconds).toBeGreaterThanOrEqual(4 * 15);
  });
});

describe('where there is too little', () => {
  const short = wanted(latency({ stepSeconds: 155 }), 2);
  const told = derive(short);

  test('says what is missing', () => {
    expect(told).toEqual({
      kind: 'short',
      miss: expect.any(Number),
      seconds: expect.any(Number),
      weight: expect.any(Number),
    });
  });

  test('each way that it names is enough, and a little less is not', () => {
    if (told.kind !== 'short' || told.seconds === undefined || told.weight === undefined) throw new Error('not short');
    const { seconds, weight } = told;
    expect(derive({ ...short, stepSeconds: seconds + 120 }).kind).toBe('found');
    const raised = (least: number) => ({
      ...short,
      asks: STEPS.map((ask) => ({ ...ask, weight: Math.max(least, ask.weight) })),
    });
    expect(derive(raised(weight)).kind).toBe('found');
    expect(derive(raised(weight - 1)).kind).toBe('short');
    expect(derive({ ...short, missRisk: Math.min(0.5, told.miss * 1.05) }).kind).toBe(
      told.miss < 0.47 ? 'found' : 'short',
    );
  });

  test('what cannot be told apart is not promised for any time', () => {
    const same = wanted({ worst: 0.0021, bad: { errorRate: 0.0021, latency: LATENCY } }, 1);
    expect(derive(same)).toMatchObject({ kind: 'short', seconds: undefined, weight: undefined });
  });
});

test('more requests never need more time, a smaller risk never less', () => {
  const seconds = [3, 6, 12, 50, 200].map((rps) => found(wanted({ stepSeconds: 3600 }, rps)).seconds);
  expect([...seconds].sort((a, b) => b - a)).toEqual(seconds);
  const risks = [0.3, 0.1, 0.03, 0.01, 0.001].map(
    (missRisk) => found(wanted({ missRisk, stepSeconds: 3600 }, 3)).seconds,
  );
  expect([...risks].sort((a, b) => a - b)).toEqual(risks);
});

// 5 to 12 ms each, measured on two cores; within Jest ten times that. It was 200 ms and more.
test('a gate that there is too little for is quickly told of', () => {
  const before = process.cpuUsage();
  for (let i = 0; i < 20; i += 1) expect(derive(wanted(latency(), 0.5 + i / 20)).kind).toBe('short');
  expect(process.cpuUsage(before).user / 20).toBeLessThan(250_000);
});
