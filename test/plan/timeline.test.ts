import * as fc from 'fast-check';
import { optimizedFor, statedSteps } from '../../lib/catalog/between-weights';
import type { Service } from '../../lib/catalog/service';
import { podCostOf } from '../../lib/plan/pod-cost';
import { podReadySeconds } from '../../lib/plan/pods';
import { timelineOf } from '../../lib/plan/timeline';
import { totalOf } from '../../lib/plan/timeline/model';
import { binomialQuantile } from '../../lib/plan/timeline/retries';
import { canaryOf, sampleReleases, sampleScope } from '../tools/catalog';
import { EXAMPLES } from './examples';
import { measuredService, watched } from './measured';

const { service: frontend } = sampleScope('frontend');
const weights = (service: Service) => timelineOf(service).phases.map(({ weight }) => weight);

describe('against releases of a real cluster', () => {
  // 47:59 to 49:52, with a wait of 8 s after three of four weight changes.
  test('a release with pauses of 25, 15, 15 and 15 s took 113 s', () => {
    const { promotionSeconds } = timelineOf(measuredService(watched([25, 15, 15, 15])));
    expect(promotionSeconds.median).toBeLessThanOrEqual(113);
    expect(promotionSeconds.p95).toBeGreaterThanOrEqual(113);
    expect(promotionSeconds).toEqual({ median: 106, p95: 122 });
  });

  test('it had 6, 7, 8, 9 and 10 pods, one more with each weight', () => {
    const { pods } = timelineOf(measuredService(watched([25, 15, 15, 15])));
    expect(pods.map(totalOf)).toEqual([6, 7, 8, 9, 10, 10, 5]);
  });

  test('good releases of about 100 s took 378 to 491 pod-seconds more than the five pods (B7)', () => {
    const { extraPodSeconds, peak, surgePercent } = podCostOf(timelineOf(measuredService(watched([15, 15, 15, 15]))));
    expect([peak, surgePercent]).toEqual([10, 100]);
    expect(extraPodSeconds).toBeGreaterThan(378);
    expect(extraPodSeconds).toBeLessThan(491);
  });
});

describe('the pods of a canary behind a router', () => {
  const pods = (replicas: number, optimizeFor: 'fastRollback' | 'lowOverhead', steps: readonly number[]) =>
    timelineOf(
      measuredService(
        steps.flatMap((weight) => [
          { kind: 'setWeight', weight },
          { kind: 'pause', durationSeconds: 60 },
        ]),
        { optimizeFor },
      ),
    )
      .pods.filter(({ ending }) => ending === 0)
      .map(({ stable, canary }) => [stable, canary, replicas]);

  // Argo Rollouts 1.9.1, utils/replicaset/canary_test.go: TestCalculateReplicaCountsForTrafficRoutedCanary rounds both sides up.
  test('fastRollback keeps the stable ones', () => {
    expect(pods(5, 'fastRollback', [10, 50])).toEqual([
      [5, 1, 5],
      [5, 3, 5],
      [5, 5, 5],
      [0, 5, 5],
    ]);
  });

  test('lowOverhead keeps those of the larger share, and they leave once the weight has moved', () => {
    expect(pods(5, 'lowOverhead', [20, 40, 60, 80])).toEqual([
      [5, 1, 5],
      [4, 1, 5],
      [4, 2, 5],
      [3, 2, 5],
      [3, 3, 5],
      [2, 3, 5],
      [2, 4, 5],
      [1, 4, 5],
      [1, 5, 5],
      [0, 5, 5],
    ]);
  });
});

describe('lowOverhead', () => {
  /** Steps that are watched for a minute each, as they are carried out. */
  const walkedSteps = (weights: readonly number[], replicas: number, preStopSeconds = 5): Service => {
    const base = measuredService(
      weights.flatMap((weight) => [
        { kind: 'setWeight', weight },
        { kind: 'pause', durationSeconds: 60 },
      ]),
    );
    return {
      ...base,
      scale: { kind: 'fixed', replicas },
      shutdown: { preStopSeconds, drainSeconds: 0 },
      strategy: optimizedFor(canaryOf(base), 'lowOverhead', replicas, preStopSeconds),
    };
  };

  test("with the weights of the sample's frontend five pods become six at the most", () => {
    const service = walkedSteps([10, 25, 50], 5);
    expect(canaryOf(service).steps.flatMap((step) => (step.kind === 'setWeight' ? [step.weight] : []))).toEqual([
      10, 20, 25, 40, 50, 60, 80,
    ]);
    const { peak, surgePercent, meanExtraPercent } = podCostOf(timelineOf(service));
    expect([peak, surgePercent]).toEqual([6, 20]);
    expect(meanExtraPercent).toBeLessThanOrEqual(20);
  });

  test('would not without the steps in between: seven, and eight for the promotion', () => {
    const service = walkedSteps([10, 25, 50], 5);
    const strategy = { ...canaryOf(service), steps: statedSteps(canaryOf(service).steps) };
    expect(podCostOf(timelineOf({ ...service, strategy })).peak).toBe(8);
  });

  test.each([5, 10, 11, 12, 13, 14, 15, 17, 20, 33, 50, 99, 100, 101, 240])(
    'with %d replicas any weights stay within 20 %%, those that end included',
    (replicas) => {
      fc.assert(
        fc.property(
          fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 6 }),
          fc.integer({ min: 0, max: 120 }),
          (weights, preStopSeconds) => {
            const service = walkedSteps(
              weights.sort((a, b) => a - b),
              replicas,
              preStopSeconds,
            );
            const { surgePercent, meanExtraPercent } = podCostOf(timelineOf(service));
            expect(surgePercent).toBeLessThanOrEqual(20);
            expect(meanExtraPercent).toBeLessThanOrEqual(20 + 1e-9);
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  // One pod is the least; where a pod is no whole percent, both sides are rounded up: CAT116 tells of it.
  test.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 1],
    [6, 2],
    [7, 2],
    [8, 2],
    [9, 2],
  ])('with %d replicas there are at most %d more', (replicas, extra) => {
    const { peak } = podCostOf(timelineOf(walkedSteps([10, 25, 50, 75], replicas)));
    expect(peak).toBe(replicas + extra);
  });
});

describe('steps', () => {
  const withSteps = (...steps: ReturnType<typeof canaryOf>['steps']) => ({
    ...frontend,
    strategy: { ...canaryOf(frontend), steps },
  });

  test('a weight moves once its pods are available, the pauses follow', () => {
    const one = withSteps({ kind: 'setWeight', weight: 20 }, { kind: 'pause', durationSeconds: 60 });
    // Container 1 s, readiness 5 s, minReadySeconds 15 s; one weight change has one wait at the median.
    expect(
      timelineOf(one)
        .phases.slice(0, 4)
        .map(({ kind, fromSeconds, toSeconds, weight }) => [kind, fromSeconds, toSeconds, weight]),
    ).toEqual([
      ['start', 0, 21, 0],
      ['retry', 21, 29, 20],
      ['pause', 29, 89, 20],
      ['start', 89, 110, 20],
    ]);
  });

  test('after canaryScale a weight adds no pods until it follows the weight again (P13)', () => {
    const one = withSteps(
      { kind: 'canaryScale', scale: { kind: 'replicas', replicas: 2 } },
      { kind: 'setWeight', weight: 40 },
      { kind: 'pause', durationSeconds: 10 },
      { kind: 'canaryScale', scale: { kind: 'matchWeight' } },
      { kind: 'setWeight', weight: 60 },
      { kind: 'pause', durationSeconds: 10 },
    );
    expect(
      timelineOf(one)
        .phases.filter(({ kind }) => kind === 'pause')
        .map(({ canaryPods }) => canaryPods),
    ).toEqual([2, 3]);
  });

  test('an experiment has pods of its own, and its canary answers its weight', () => {
    const one = withSteps(
      { kind: 'setWeight', weight: 10 },
      { kind: 'experiment', durationSeconds: 100, replicas: 2, weight: 5, gates: [] },
    );
    const { phases, pods } = timelineOf(one);
    expect(phases.find(({ kind }) => kind === 'experiment')?.weight).toBe(15);
    expect(Math.max(...pods.map(({ experiment }) => experiment))).toBe(4);
  });

  test('a pause without a duration takes no time and a person', () => {
    const one = withSteps({ kind: 'setWeight', weight: 10 }, { kind: 'pause', durationSeconds: undefined });
    expect(timelineOf(one).phases.filter(({ kind }) => kind === 'person')).toMatchObject([
      { fromSeconds: 29, toSeconds: 29, step: 1 },
    ]);
  });

  test('a gate that is asked once takes no time, and is asked all the same', () => {
    const [gate] = frontend.gates.filter(({ count }) => count === 1);
    if (gate === undefined) throw new Error('no gate with count 1');
    const one = withSteps({ kind: 'setWeight', weight: 10 }, { kind: 'analysis', gates: [gate] });
    expect(timelineOf(one).phases.filter(({ kind }) => kind === 'analysis')).toMatchObject([
      { fromSeconds: 29, toSeconds: 29, weight: 10, gates: [gate] },
    ]);
  });

  test('gates in the background are asked from their step until the steps end', () => {
    const strategy = {
      ...canaryOf(frontend),
      steps: watched([15, 15, 15, 15]),
      background: { gates: [], startingStep: 1 },
    };
    expect(timelineOf({ ...frontend, strategy }).background).toMatchObject({ fromSeconds: 25, toSeconds: 160 });
  });
});

describe('the other strategies', () => {
  test('rolling: as many at a time as the pace allows, the share of the new ones follows', () => {
    const rolling = EXAMPLES.find(({ strategy }) => strategy.kind === 'rolling');
    if (rolling?.strategy.kind !== 'rolling') throw new Error('no rolling example');
    const one: Service = {
      ...rolling,
      scale: { kind: 'fixed', replicas: 4 },
      strategy: { ...rolling.strategy, maxSurge: '25%', maxUnavailable: 0 },
    };
    expect(weights(one).slice(0, 4)).toEqual([0, 25, 50, 75]);
    expect(podCostOf(timelineOf(one)).peak).toBeLessThanOrEqual(4 + 1 + 3);
  });

  test('blue/green: both versions whole, until the delay after the switch is over (P27)', () => {
    const one = EXAMPLES.find(({ strategy, routing }) => strategy.kind === 'blueGreen' && routing.router === 'istio');
    if (one === undefined) throw new Error('no example');
    const { peak, steady } = podCostOf(timelineOf(one));
    expect(peak).toBe(2 * steady);
  });

  test('A/B: the variants answer their percentage in the end', () => {
    const one = EXAMPLES.find(({ strategy, routing }) => strategy.kind === 'abTest' && routing.router === 'istio');
    if (one?.strategy.kind !== 'abTest') throw new Error('no example');
    const percent = one.strategy.variants.reduce((sum, variant) => sum + variant.percent, 0);
    expect(weights(one).at(-1)).toBeCloseTo(percent);
  });
});

describe('every service of the sample and of the example', () => {
  const services = [...sampleReleases().flatMap((release) => release.services), ...EXAMPLES];

  test.each(
    services.map((service) => [`${service.key} ${service.strategy.kind} ${service.routing.router}`, service] as const),
  )('%s: phases follow each other, pods never go below the steady state', (_, service) => {
    const { phases, pods, steadyPods, promotionSeconds, totalSeconds } = timelineOf(service);
    for (const [i, { fromSeconds }] of phases.entries()) expect(fromSeconds).toBeCloseTo(phases[i - 1]?.toSeconds ?? 0);
    for (const { stable, canary } of pods) expect(stable + canary).toBeGreaterThanOrEqual(steadyPods);
    expect(pods.at(-1)).toMatchObject({ ending: 0, experiment: 0 });
    expect(promotionSeconds.p95).toBeGreaterThanOrEqual(promotionSeconds.median);
    expect(totalSeconds).toBeGreaterThanOrEqual(promotionSeconds.median);
  });
});

test('readiness follows the probes, or what the catalog says of it', () => {
  const probe = { ...frontend.probes.readiness, initialDelaySeconds: 7, periodSeconds: 5, successThreshold: 2 };
  expect(
    podReadySeconds({
      probes: { readiness: probe, startup: undefined },
      podStartSeconds: undefined,
    }),
  ).toBe(16);
  expect(podReadySeconds({ probes: frontend.probes, podStartSeconds: 40 })).toBe(40);
});

// R: qbinom(0.5, 4, 0.6) and qbinom(0.95, 4, 0.6); scipy.stats.binom.ppf gives the same.
test.each([
  [4, 0.6, 0.5, 2],
  [4, 0.6, 0.95, 4],
  [10, 0.3, 0.5, 3],
  [10, 0.3, 0.95, 5],
  [0, 0.6, 0.95, 0],
])('quantile of %d trials with %d at %d', (n, p, share, expected) => {
  expect(binomialQuantile(n, p, share)).toBe(expected);
});

test('any canary comes to an end with all pods new', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 8 }),
      fc.constantFrom('fastRollback', 'lowOverhead'),
      fc.constantFrom('istio', 'none'),
      (replicas, steps, optimizeFor, router) => {
        const base = measuredService(
          steps.map((weight) => ({ kind: 'setWeight', weight })),
          { optimizeFor },
        );
        const { routing } = base;
        const service: Service = {
          ...base,
          scale: { kind: 'fixed', replicas },
          routing: router === 'none' ? { ...routing, router: 'none' } : routing,
        };
        expect(timelineOf(service).pods.at(-1)).toMatchObject({ stable: 0, canary: replicas, ending: 0 });
      },
    ),
    { numRuns: 200 },
  );
});
