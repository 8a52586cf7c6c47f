import { canary } from '../example';
import { numberAt } from '../object';
import { inStep, MAX_TRAFFIC_WEIGHT, STEPS, stepsOf } from '../rollout';
import type { ManifestRule } from '../rule';

export const setWeightRange: ManifestRule = {
  code: 'MAN020',
  severity: 'error',
  title: 'A weight below 0 or above all of the traffic: InvalidSpec',
  reason: 'A weight is a share of 100, or of maxTrafficWeight where the router has one.',
  hint: 'set a weight between 0 and 100, or maxTrafficWeight',
  source:
    'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation.go: ValidateRolloutStrategyCanary; measured (setWeight-101)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: [canary({ steps: [{ setWeight: 101 }] })], paths: [`${STEPS}[0].setWeight`] },
      { objects: [canary({ steps: [{ setWeight: -1 }] })], paths: [`${STEPS}[0].setWeight`] },
    ],
    good: [[canary({ steps: [{ setWeight: 0 }, { setWeight: 100 }] })]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      const whole = numberAt(object, MAX_TRAFFIC_WEIGHT) ?? 100;
      for (const at of stepsOf(object)) {
        const weight = numberAt(at.step, 'setWeight');
        if (weight !== undefined && (weight < 0 || weight > whole)) {
          report(object, inStep(at, 'setWeight'), `the weight ${weight} is not between 0 and ${whole}`);
        }
      }
    }
  },
};
