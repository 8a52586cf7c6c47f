import { example } from '../example';
import { childPath, hasAt, type KubeObject, listAt, nameOf } from '../object';
import type { ManifestRule } from '../rule';
import { autoscalersByTarget } from '../scaling';

const objects = (setCanaryScale: Readonly<Record<string, unknown>>): readonly KubeObject[] => [
  example('Rollout', 'web', {
    spec: {
      strategy: { canary: { trafficRouting: { plugins: { a: {} } }, steps: [{ setCanaryScale }] } },
    },
  }),
  example('HorizontalPodAutoscaler', 'web', {
    spec: { scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web' }, maxReplicas: 9 },
  }),
];

export const canaryScaleAutoscaled: ManifestRule = {
  code: 'MAN098',
  severity: 'warning',
  title: 'A share of pods for the canary of a Rollout that an autoscaler scales: the number goes up and down by itself',
  reason:
    'The autoscaler measures stable and canary pods as one group and changes the total, of which the canary takes its share, which changes what is measured.',
  hint: 'give setCanaryScale a number of replicas, or matchTrafficWeight: true',
  source: 'argo-rollouts#4847 (P37)',
  kinds: ['HorizontalPodAutoscaler'],
  examples: () => ({
    bad: [{ objects: objects({ weight: 20 }), paths: ['spec.strategy.canary.steps[0].setCanaryScale.weight'] }],
    good: [objects({ replicas: 2 })],
  }),
  check: (group, report) => {
    for (const [target, autoscaler] of autoscalersByTarget(group)) {
      listAt(target, 'spec.strategy.canary.steps').forEach((step, i) => {
        if (!hasAt(step, 'setCanaryScale.weight')) return;
        const path = childPath('spec.strategy.canary.steps', i, 'setCanaryScale', 'weight');
        report(target, path, `${nameOf(autoscaler)} changes the number of pods that this is a share of`);
      });
    }
  },
};
