import { example } from '../../manifest/example';
import { nameOf } from '../../manifest/object';
import { pairOf } from '../example';
import { fieldsLike } from '../fields';
import type { DiffRule } from '../rule';

const canary = (...steps: readonly object[]) =>
  example('Rollout', 'web', { spec: { strategy: { canary: { steps } } } });

export const stepsChanged: DiffRule = {
  code: 'DIF023',
  severity: 'info',
  title: 'Changes the steps: they hold from the next release on, and one that is under way begins anew',
  reason:
    'Argo Rollouts keeps a hash of the steps. When it differs while a canary runs, the canary goes back to its first step; with all traffic on one version nothing happens.',
  hint: 'wait until no release of this service is under way',
  source:
    'Argo Rollouts 1.9.1, utils/conditions/conditions.go: ComputeStepHash; rollout/canary.go: syncRolloutStatusCanary',
  kinds: ['Rollout'],
  examples: () => ({
    has: [
      {
        ...pairOf(canary({ setWeight: 10 }), canary({ setWeight: 20 })),
        paths: ['spec.strategy.canary.steps[0].setWeight'],
      },
    ],
    hasNot: [pairOf(canary({ setWeight: 10 }), canary({ setWeight: 10 }))],
  }),
  check: (change, _, tell) => {
    const [field] = fieldsLike(change, /^spec\.strategy\.canary\.steps/);
    if (field !== undefined && change.after !== undefined)
      tell(field, `${nameOf(change.after.object)}: the next release takes other steps`);
  },
};
