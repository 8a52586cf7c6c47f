import { applicationOf, ignoresField } from '../applications';
import { example } from '../example';
import { hasAt, type KubeObject, nameOf, numberAt } from '../object';
import type { ManifestRule } from '../rule';
import { targetOf } from '../scaling';

const objects = (spec: Readonly<Record<string, unknown>>): readonly KubeObject[] => [
  example('Rollout', 'web', { spec }),
  example('HorizontalPodAutoscaler', 'web', {
    spec: {
      scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web' },
      minReplicas: 3,
      maxReplicas: 9,
    },
  }),
];

export const hpaReplicas: ManifestRule = {
  code: 'MAN092',
  severity: 'warning',
  title:
    'A number of pods in Git beside a HorizontalPodAutoscaler: every apply takes away the pods that the load asked for',
  reason:
    'An apply sets replicas to what stands in the manifest, and the autoscaler raises it again only after its next look. Under load pods are gone meanwhile; during a canary it is the stable ones.',
  hint: 'leave spec.replicas out of the manifest',
  source: 'Argo CD, best practices: leaving room for imperativeness; argo-rollouts#3565 (P37)',
  kinds: ['HorizontalPodAutoscaler'],
  examples: () => ({
    bad: [{ objects: objects({ replicas: 3 }), paths: ['spec.replicas'] }],
    good: [
      objects({}),
      [
        ...objects({ replicas: 3 }),
        example('Application', 'web', {
          spec: { ignoreDifferences: [{ group: 'argoproj.io', kind: 'Rollout', jsonPointers: ['/spec/replicas'] }] },
        }),
      ],
    ],
  }),
  check: (group, report) => {
    for (const autoscaler of group.ofKind('HorizontalPodAutoscaler')) {
      const target = targetOf(group, autoscaler);
      if (target === undefined || !hasAt(target, 'spec.replicas') || numberAt(target, 'spec.replicas') === 0) continue;
      const application = applicationOf(group, target);
      if (application !== undefined && ignoresField(group, application, target, /replicas/)) continue;
      report(target, 'spec.replicas', `${nameOf(autoscaler)} sets the number of pods`);
    }
  },
};
