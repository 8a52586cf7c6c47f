import { example } from '../../manifest/example';
import { nameOf } from '../../manifest/object';
import { pairOf } from '../example';
import { fieldsLike } from '../fields';
import type { DiffRule } from '../rule';

const rollout = (app: string) => example('Rollout', 'web', { spec: { selector: { matchLabels: { app } } } });

export const selectorChanged: DiffRule = {
  code: 'DIF041',
  severity: 'error',
  title: 'A Rollout loses its pods: those of the old selector go on running, and nobody scales them down',
  reason:
    'The API server takes the change, other than of a Deployment. Argo Rollouts then finds no ReplicaSet of its own, makes all pods anew without any step, and leaves the old ones behind.',
  hint: 'leave the selector as it is; for another one make a Rollout of another name beside it, and move the traffic',
  source: 'Argo Rollouts 1.9.1, rollout/controller.go: getReplicaSetsForRollouts',
  kinds: ['Rollout'],
  counted: ['service loses its pods', 'services lose their pods'],
  examples: () => ({
    has: [{ ...pairOf(rollout('web'), rollout('shop')), paths: ['spec.selector.matchLabels.app'] }],
    hasNot: [pairOf(rollout('web'), rollout('web'))],
  }),
  check: (change, _, tell) => {
    if (change.before === undefined || change.after === undefined) return;
    for (const field of fieldsLike(change, /^spec\.selector/))
      tell(field, `${nameOf(change.after.object)} does not select its own ReplicaSets any more`);
  },
};
