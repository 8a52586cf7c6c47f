import type { Service } from '../../lib/catalog/service';
import { BY_COMMIT, rollbackFrom } from '../../lib/plan/rollback';
import { timelineOf } from '../../lib/plan/timeline';
import { istioOf } from '../tools/catalog';
import { EXAMPLES } from './examples';
import { measuredService, WEIGHTS, watched } from './measured';

const STEPS = watched([15, 15, 15, 15]);
const at10 = { weight: 10, canaryPods: 1, stablePods: 5 };

describe('against aborts on a real cluster (B1)', () => {
  const split = (splitting: 'subset' | 'host', abortScaleDownDelaySeconds = 30): Service => {
    const service = measuredService(STEPS, { abortScaleDownDelaySeconds });
    return { ...service, routing: { ...istioOf(service), splitting } };
  };

  test('with subsets no request reached the canary afterwards', () => {
    expect(rollbackFrom(split('subset'), at10)).toEqual({ seconds: 1, trafficSeconds: 0 });
  });

  test('with splitting by host some did for 10 s, and for 0.9 s where the pods leave at once', () => {
    expect(rollbackFrom(split('host'), at10)).toEqual({ seconds: 10, trafficSeconds: 1 });
    expect(rollbackFrom(split('host', 1), at10)).toMatchObject({ seconds: 1 });
  });
});

describe('lowOverhead goes back over the weights of its steps as stable pods start (P14)', () => {
  const service = measuredService(STEPS, { optimizeFor: 'lowOverhead' });
  const before = (weight: number) => {
    const phases = timelineOf(service).phases.filter((phase) => phase.kind === 'pause' && phase.weight === weight);
    return rollbackFrom(service, phases[0] ?? at10);
  };

  // Pods take 4 s. At 10 % the five stable pods are still there; at 25 % one of them has left, and so on.
  test.each([
    [10, 1],
    [25, 1 + 4],
    [50, 1 + 2 * 4],
    [75, 1 + 3 * 4],
  ])('from %d %%: %d s', (weight, seconds) => {
    expect(before(weight)).toMatchObject({ seconds });
  });

  test('fastRollback takes as long from everywhere', () => {
    const fast = measuredService(STEPS);
    const ways = WEIGHTS.map((weight) => rollbackFrom(fast, { weight, canaryPods: 5, stablePods: 5 }));
    expect(new Set(ways.map((way) => (way === BY_COMMIT ? 0 : way.seconds)))).toEqual(new Set([1]));
  });
});

describe('the other strategies', () => {
  const example = (kind: string, router: string): Service => {
    const found = EXAMPLES.find(({ strategy, routing }) => strategy.kind === kind && routing.router === router);
    if (found === undefined) throw new Error(`no ${kind} on ${router}`);
    return found;
  };

  test('rolling: as long as pods take to start again, with fewer and fewer of the new ones', () => {
    const rolling = example('rolling', 'none');
    if (rolling.strategy.kind !== 'rolling') throw new Error('not rolling');
    const service: Service = {
      ...rolling,
      podStartSeconds: 10,
      scale: { kind: 'fixed', replicas: 4 },
      strategy: { ...rolling.strategy, maxSurge: 1, maxUnavailable: 0, minReadySeconds: 0 },
    };
    // Half of the pods are new: the room is taken, one leaves, one starts, twice.
    expect(rollbackFrom(service, { weight: 50, canaryPods: 2, stablePods: 2 })).toEqual({
      seconds: 20,
      trafficSeconds: 10 * 0.5 + 10 * 0.25,
    });
  });

  test('blue/green: nothing to do before the switch, the selector after it', () => {
    const service = example('blueGreen', 'istio');
    expect(rollbackFrom(service, { weight: 0, canaryPods: 4, stablePods: 4 })).toEqual({
      seconds: 0,
      trafficSeconds: 0,
    });
    expect(rollbackFrom(service, { weight: 100, canaryPods: 4, stablePods: 4 })).toEqual({
      seconds: 2,
      trafficSeconds: 2,
    });
  });

  test('two target groups: a commit', () => {
    expect(rollbackFrom(example('blueGreen', 'albTargetGroups'), at10)).toBe(BY_COMMIT);
  });

  test('every example comes back from every phase', () => {
    for (const service of EXAMPLES) {
      for (const phase of timelineOf(service).phases) {
        const way = rollbackFrom(service, phase);
        if (way === BY_COMMIT) continue;
        expect(Number.isFinite(way.seconds)).toBe(true);
        expect(way.trafficSeconds).toBeLessThanOrEqual(way.seconds);
      }
    }
  });
});
