import * as fc from 'fast-check';
import { optimizedFor, podsAtOnce, weightsBetween } from '../../lib/catalog/between-weights';
import { podsForWeight } from '../../lib/catalog/pod-share';
import type { CanaryStrategy, Step } from '../../lib/catalog/service';
import { canaryOf, sampleScope } from '../tools/catalog';

const { service } = sampleScope('frontend');
const canary = (steps: readonly Step[], startingStep?: number): CanaryStrategy => ({
  ...canaryOf(service),
  steps,
  background: startingStep === undefined ? undefined : { gates: [], startingStep },
});
const weight = (percent: number): Step => ({ kind: 'setWeight', weight: percent });
const pause = (durationSeconds: number): Step => ({ kind: 'pause', durationSeconds });
const told = ({ steps }: CanaryStrategy) =>
  steps.map((step) =>
    step.kind === 'setWeight'
      ? `${step.weight} %${step.between === true ? ' between' : ''}`
      : step.kind === 'pause'
        ? `${step.durationSeconds} s${step.between === true ? ' between' : ''}`
        : step.kind,
  );

test.each([
  [0, 10, 5, []],
  [10, 25, 5, [20]],
  [50, 100, 5, [60, 80]],
  [0, 100, 10, [20, 40, 60, 80]],
  [0, 100, 3, [66]],
  [0, 100, 1, []],
  [0, 50, 100, [20, 40]],
] as const)('from %d to %d %% with %d pods', (from, to, pods, expected) => {
  expect(weightsBetween(from, to, pods)).toEqual(expected);
});

test('no move starts more pods than are allowed, and all of them come to an end', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 0, max: 99 }),
      fc.integer({ min: 1, max: 100 }),
      (pods, from, more) => {
        const to = Math.min(100, from + more);
        const way = [from, ...weightsBetween(from, to, pods), to];
        for (const [i, next] of way.entries()) {
          const before = way[i - 1];
          if (before === undefined) continue;
          expect(next).toBeGreaterThan(before);
          const extra = podsForWeight(pods, next) + podsForWeight(pods, 100 - before) - pods;
          expect(extra).toBeLessThanOrEqual(podsAtOnce(pods));
        }
      },
    ),
  );
});

test('before pods start those that leave have ended; a pause of the catalog counts', () => {
  const steps = [weight(20), pause(60), weight(60), pause(5), weight(80)];
  expect(told(optimizedFor(canary(steps), 'lowOverhead', 5, 15))).toEqual([
    '20 %',
    '60 s',
    '40 % between',
    '15 s between',
    '60 %',
    '5 s',
    '10 s between',
    '80 %',
    '15 s between',
  ]);
});

test('after canaryScale the pods do not follow the weight, so that nothing is put in between', () => {
  const steps: readonly Step[] = [
    { kind: 'canaryScale', scale: { kind: 'replicas', replicas: 5 } },
    weight(50),
    pause(9),
  ];
  expect(optimizedFor(canary(steps), 'lowOverhead', 5, 15).steps).toEqual(steps);
});

test('gates in the background begin with the step that they began with, or with what leads to it', () => {
  const steps = [weight(10), pause(60), weight(50), pause(60)];
  const begins = (startingStep: number) => {
    const { steps: carried, background } = optimizedFor(canary(steps, startingStep), 'lowOverhead', 5, 15);
    return told(canary(carried))[background?.startingStep ?? -1];
  };
  expect([0, 1, 2, 3].map(begins)).toEqual(['10 %', '60 s', '20 % between', '60 s']);
});

test('the other choice takes out what was put in', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 100 }).map(weight), fc.integer({ min: 1, max: 99 }).map(pause))),
      fc.integer({ min: 1, max: 30 }),
      fc.nat(40),
      (steps, pods, endSeconds) => {
        for (const startingStep of steps.keys()) {
          const stated = { ...canary(steps, startingStep), optimizeFor: 'fastRollback' } as const;
          const there = optimizedFor(stated, 'lowOverhead', pods, endSeconds);
          expect(optimizedFor(there, 'fastRollback', pods, endSeconds)).toEqual(stated);
          expect(optimizedFor(there, 'lowOverhead', pods, endSeconds)).toEqual(there);
        }
      },
    ),
  );
});
