import type { Gate, Service } from '../../lib/catalog/service';
import { detectionOf, type RegressionPlan } from '../../lib/plan/detection';
import { type Luck, timelineOf } from '../../lib/plan/timeline';
import { measuredService, watched } from './measured';

/** The gate of the measured releases: the error rate at most 5 %, every 5 s from 10 s on, over 20 s, twice. */
const GATE: Gate = {
  name: 'errors',
  kind: 'errorRate',
  bound: { direction: 'atMost', value: 0.05 },
  quantile: 0.95,
  of: 'limits',
  query: '',
  intervalSeconds: 5,
  count: 3,
  failureLimit: 1,
  inconclusiveLimit: 3,
  consecutiveErrorLimit: 3,
  initialDelaySeconds: 10,
  windowSeconds: 20,
  minRequests: 0,
  relative: false,
  dryRun: false,
};

const SCRAPE_SECONDS = 5;

function measured(changes: Partial<Gate> = {}, service: Partial<Service> = {}): Service {
  const one = measuredService(watched([15, 15, 15, 15]), {
    background: { gates: [{ ...GATE, ...changes }], startingStep: 1 },
  });
  return { ...one, objectives: { ...one.objectives, errorRate: 0 }, ...service };
}

function errors(points: number, service = measured(), luck: Luck = 'median'): RegressionPlan {
  const found = detectionOf(service, timelineOf(service, luck), SCRAPE_SECONDS)?.regressions.find(
    ({ regression }) => regression.kind === 'errors' && regression.points === points,
  );
  if (found === undefined) throw new Error(`no plan for ${points} points`);
  return found;
}

/** Measured with 30 %, which lies between two regressions of the plan. */
const failing30 = ({ exposedRequests }: RegressionPlan): number => 0.3 * exposedRequests.mean;

describe('against releases of a real cluster: 5 replicas, 100 requests a second, steps of 15 s', () => {
  test('a good release is not stopped', () => {
    const service = measured();
    const plan = detectionOf(service, timelineOf(service), SCRAPE_SECONDS);
    expect(plan?.falseAlarm).toEqual({ value: 0, low: 0, high: 0 });
    expect(plan?.paused).toBe(0);
  });

  // 14 to 23 s from the first failure to the abort in five runs; the controller's wait comes to one of them or not (B17).
  test('one that fails 30 % of its requests is aborted 14 to 23 s after the first failure', () => {
    const without = errors(20, measured(), 'none').decisionSeconds;
    const withWait = errors(20, measured(), 'every').decisionSeconds;
    expect([without?.median, withWait?.median]).toEqual([15, 23]);
    expect(without?.p95).toBeLessThanOrEqual(23);
  });

  test('and loses 46 to 69 requests, as the five runs did', () => {
    expect(Math.round(failing30(errors(20, measured(), 'none')))).toBeGreaterThanOrEqual(45);
    expect(Math.round(failing30(errors(20, measured(), 'every')))).toBeLessThanOrEqual(69);
  });

  test('all of them are on the stable version at once', () => {
    expect(errors(20).rollbackSeconds).toEqual({ mean: expect.closeTo(1), worst: 1 });
  });
});

describe('chances', () => {
  test('worse regressions are caught as often or more, and earlier', () => {
    const plans = [0.5, 1, 2, 5, 10, 20, 50].map((points) => errors(points));
    plans.forEach(({ caught }, i) => {
      expect(caught.value).toBeGreaterThanOrEqual((plans[i - 1]?.caught.value ?? 0) - 1e-9);
    });
  });

  test('before a later weight more are caught, before 100 % as many as before the last move', () => {
    for (const { caughtBefore, caughtBeforeAll, caught } of [1, 5, 10].map((points) => errors(points))) {
      caughtBefore.forEach(({ chance }, i) => {
        expect(chance).toBeGreaterThanOrEqual(caughtBefore[i - 1]?.chance ?? 0);
      });
      expect(caughtBefore.at(-1)).toEqual({ weight: 100, chance: caughtBeforeAll });
      expect(caught.value).toBeGreaterThanOrEqual(caughtBeforeAll);
    }
  });

  test('what is never caught fails requests until people notice it, 30 min after its first request', () => {
    const blind = errors(50, measured({ bound: { direction: 'atMost', value: 1 } }));
    expect(blind.caught.value).toBe(0);
    const timeline = timelineOf(measured());
    const onset = 4;
    const promoted = timeline.promotionSeconds.median;
    const exposed = timeline.phases
      .filter(({ kind }) => kind !== 'tail')
      .reduce((sum, phase) => sum + (phase.toSeconds - phase.fromSeconds) * phase.weight, 0);
    expect(blind.failedRequests.mean).toBeCloseTo(0.5 * (exposed + 100 * (1800 + onset - promoted)), 6);
  });

  test('a gate without an answer stops nothing and asks for a person', () => {
    const quiet = errors(50, measured({ minRequests: 1_000_000 }));
    expect([quiet.caught.value, quiet.paused]).toEqual([0, expect.closeTo(1)]);
  });

  test('a gate with dryRun, and a gate that counts no requests, say nothing', () => {
    expect(errors(50, measured({ dryRun: true })).caught.value).toBe(0);
    expect(errors(50, measured({ kind: 'readyPods' })).caught.value).toBe(0);
  });

  test('without traffic nothing is told', () => {
    const service = measured({}, { requestsPerSecond: undefined });
    expect(detectionOf(service, timelineOf(service), SCRAPE_SECONDS)).toBeUndefined();
  });
});
