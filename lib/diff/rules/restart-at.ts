import { nameOf } from '../../manifest/object';
import { pairOf, workload } from '../example';
import { differsAt, fieldFor, valuesAt } from '../fields';
import type { DiffRule } from '../rule';

export const restartAt: DiffRule = {
  code: 'DIF022',
  severity: 'warning',
  title: 'Restarts all pods of a Rollout, without a release',
  reason:
    'Argo Rollouts evicts every pod that is older than restartAt, as many at a time as maxUnavailable allows, and the steps are not asked.',
  hint: 'nothing, if it is meant; a PodDisruptionBudget holds it to its number',
  source: 'Argo Rollouts 1.9.1, rollout/restart.go; docs/features/restart.md',
  kinds: ['Rollout'],
  counted: ['workload restarts its pods at once', 'workloads restart their pods at once'],
  examples: () => ({
    has: [
      {
        ...pairOf(workload('Rollout'), workload('Rollout', {}, { restartAt: '2026-11-28T18:00:00Z' })),
        paths: ['spec.restartAt'],
      },
    ],
    hasNot: [pairOf(workload('Rollout', {}, { restartAt: '2026-11-28T18:00:00Z' }), workload('Rollout'))],
  }),
  check: (change, _, tell) => {
    if (change.after === undefined || change.before === undefined || !differsAt(change, 'spec.restartAt')) return;
    const { after } = valuesAt(change, 'spec.restartAt');
    if (after !== undefined)
      tell(fieldFor(change, 'spec.restartAt'), `${nameOf(change.after.object)}: pods older than ${after} are evicted`);
  },
};
