import { example } from '../example';
import { fieldAt, hasAt, type KubeObject } from '../object';
import type { ManifestRule } from '../rule';

const CANARY = 'spec.strategy.canary';
const rollout = (canary: Readonly<Record<string, unknown>>): KubeObject =>
  example('Rollout', 'web', { spec: { strategy: { canary: { trafficRouting: { plugins: { a: {} } }, ...canary } } } });

const DYNAMIC = `${CANARY}.dynamicStableScale`;

export const dynamicStableMinimum: ManifestRule = {
  code: 'MAN097',
  severity: 'error',
  title: 'dynamicStableScale with minPodsPerReplicaSet: after an abort the canary can keep part of the traffic',
  reason:
    'With both, Argo Rollouts 1.9.1 takes the weight of an abort from the pods that it counts, and the least number of pods keeps the canary above zero. The correction is in no release yet.',
  hint: 'leave out one of the two',
  source: 'argo-rollouts#4841, #4900 (not in 1.9.1 nor 1.10.0-rc1) (P14)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      {
        objects: [rollout({ dynamicStableScale: true, minPodsPerReplicaSet: 2 })],
        paths: [`${CANARY}.minPodsPerReplicaSet`],
      },
    ],
    good: [[rollout({ dynamicStableScale: true })], [rollout({ minPodsPerReplicaSet: 2 })]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      if (fieldAt(object, DYNAMIC) !== true) continue;
      if (!hasAt(object, `${CANARY}.minPodsPerReplicaSet`) || !hasAt(object, `${CANARY}.trafficRouting`)) continue;
      report(object, `${CANARY}.minPodsPerReplicaSet`, 'dynamicStableScale is set as well');
    }
  },
};
