import { goSeconds } from '../../manifest/duration';
import { example } from '../../manifest/example';
import { fieldAt, hasAt, type KubeObject, nameOf, numberAt } from '../../manifest/object';
import { STEPS, stepsOf } from '../../manifest/rollout';
import { pairOf } from '../example';
import type { DiffRule } from '../rule';

const canary = (...steps: readonly object[]) =>
  example('Rollout', 'web', { spec: { strategy: { canary: { steps } } } });

export const bolderSteps: DiffRule = {
  code: 'DIF095',
  severity: 'warning',
  title: 'A release shows itself to more users sooner',
  reason:
    'The share of the first step is how many users meet a bad version before anything is measured; the pauses are the time in which it can be found.',
  hint: 'begin with the smallest share that gives the gates enough requests, and pause as long as they need',
  source: 'Argo Rollouts 1.9.1, docs/features/canary.md',
  kinds: ['Rollout'],
  counted: ['release is bolder', 'releases are bolder'],
  examples: () => ({
    has: [
      {
        ...pairOf(
          canary({ setWeight: 5 }, { pause: { duration: '5m' } }),
          canary({ setWeight: 50 }, { pause: { duration: '5m' } }),
        ),
        paths: [STEPS],
      },
      {
        ...pairOf(
          canary({ setWeight: 5 }, { pause: { duration: '5m' } }),
          canary({ setWeight: 5 }, { pause: { duration: '30s' } }),
        ),
        paths: [STEPS],
      },
      {
        ...pairOf(canary({ setWeight: 5 }, { pause: {} }), canary({ setWeight: 5 }, { pause: { duration: '30s' } })),
        paths: [STEPS],
      },
    ],
    hasNot: [
      pairOf(canary({ setWeight: 50 }), canary({ setWeight: 5 }, { pause: { duration: '5m' } }, { setWeight: 50 })),
    ],
  }),
  check: ({ before, after }, _, tell) => {
    if (before === undefined || after === undefined || !hasAt(before.object, STEPS)) return;
    const [then, now] = [courseOf(before.object), courseOf(after.object)];
    const name = nameOf(after.object);
    if (now.first > then.first) tell(STEPS, `${name} begins with ${now.first} %, not ${then.first} %`);
    if (now.persons < then.persons)
      tell(
        STEPS,
        `${name} waits ${now.persons === 0 ? 'for nobody any more' : `${now.persons} times for a person, not ${then.persons}`}`,
      );
    else if (now.pauseSeconds < then.pauseSeconds)
      tell(STEPS, `${name} pauses ${now.pauseSeconds} s in all, not ${then.pauseSeconds} s`);
  },
};

/** The course of a canary: its first share, its pauses, and how often it waits for a person. */
function courseOf(rollout: KubeObject) {
  let first: number | undefined;
  let pauseSeconds = 0;
  let persons = 0;
  for (const { step } of stepsOf(rollout)) {
    const weight = numberAt(step, 'setWeight');
    if (weight !== undefined && weight > 0) first ??= weight;
    if (!hasAt(step, 'pause')) continue;
    const duration = fieldAt(step, 'pause.duration');
    if (duration === undefined || duration === null) persons += 1;
    else
      pauseSeconds += typeof duration === 'number' ? duration : (goSeconds(String(duration)) ?? Number(duration)) || 0;
  }
  return { first: first ?? 100, pauseSeconds, persons };
}
