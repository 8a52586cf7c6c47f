import { example } from '../example';
import { childPath, hasAt, type KubeObject, listAt, textAt } from '../object';
import { podTemplatesOf } from '../pods';
import type { ManifestRule } from '../rule';
import { metricsOf, targetOf } from '../scaling';

const objects = (resources: Readonly<Record<string, unknown>>): readonly KubeObject[] => [
  example('Deployment', 'web', {
    spec: { template: { spec: { automountServiceAccountToken: false, containers: [{ name: 'web', resources }] } } },
  }),
  example('HorizontalPodAutoscaler', 'web', {
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      maxReplicas: 9,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
      ],
    },
  }),
];

export const hpaRequests: ManifestRule = {
  code: 'MAN101',
  severity: 'warning',
  title: 'Utilization of a request that a container does not have: the autoscaler measures nothing and does not scale',
  reason:
    'Utilization is use divided by request, over all containers of the pod. One container without the request fails the whole metric, unless a LimitRange of the namespace adds one.',
  hint: 'set the request of every container, or use a ContainerResource metric',
  source: 'Kubernetes 1.34, pkg/controller/podautoscaler/metrics: missing request',
  kinds: ['HorizontalPodAutoscaler'],
  examples: () => ({
    bad: [
      {
        objects: objects({ requests: { memory: '64Mi' } }),
        paths: ['spec.template.spec.containers[0].resources.requests.cpu'],
      },
    ],
    good: [objects({ requests: { cpu: '100m' } }), objects({ limits: { cpu: '1' } })],
  }),
  check: (group, report) => {
    const measured = new Map<KubeObject, Set<string>>();
    for (const autoscaler of group.ofKind('HorizontalPodAutoscaler')) {
      const target = targetOf(group, autoscaler);
      if (target === undefined) continue;
      const names = metricsOf(autoscaler).flatMap((metric) =>
        textAt(metric, 'type') === 'Resource' && textAt(metric, 'resource.target.type') === 'Utilization'
          ? (textAt(metric, 'resource.name') ?? [])
          : [],
      );
      if (names.length > 0) measured.set(target, new Set(names));
    }
    if (measured.size === 0) return;
    for (const { owner, path, spec } of podTemplatesOf(group)) {
      for (const name of measured.get(owner) ?? []) {
        listAt(spec, 'containers').forEach((container, i) => {
          if (hasAt(container, `resources.requests.${name}`) || hasAt(container, `resources.limits.${name}`)) return;
          const where = childPath(path, 'spec', 'containers', i, 'resources', 'requests', name);
          report(owner, where, `container "${textAt(container, 'name') ?? i}" asks for no ${name}`);
        });
      }
    }
  },
};
