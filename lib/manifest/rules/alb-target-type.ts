import { albAnnotation, albTargetsOf, isOnNodes } from '../alb';
import { annotationOf, annotationPath } from '../argocd';
import { example } from '../example';
import { type KubeObject, nameOf, textAt } from '../object';
import type { ManifestRule } from '../rule';

const KEY = albAnnotation('target-type');
const objects = (targetType: string, serviceType: string): readonly KubeObject[] => [
  example('Service', 'web', { spec: { type: serviceType, ports: [{ port: 80 }] } }),
  example(
    'Ingress',
    'web',
    {
      spec: {
        ingressClassName: 'alb',
        rules: [{ http: { paths: [{ path: '/', backend: { service: { name: 'web', port: { number: 80 } } } }] } }],
      },
    },
    { annotations: { [KEY]: targetType } },
  ),
];

export const albTargetType: ManifestRule = {
  code: 'MAN070',
  severity: 'error',
  title: 'Nodes as targets of a Service that has no port on the nodes: the load balancer is not made or changed',
  reason:
    'With the target type instance AWS Load Balancer Controller sends to a node port. It refuses a Service of the type ClusterIP, and with it every change of the Ingress and of its group.',
  hint: 'set alb.ingress.kubernetes.io/target-type to ip, or the type of the Service to NodePort',
  source: 'AWS Load Balancer Controller 3.5.0, pkg/backend/endpoint_resolver.go: ResolveNodePortEndpoints (P31)',
  kinds: ['Ingress', 'TargetGroupBinding'],
  examples: () => ({
    bad: [{ objects: objects('instance', 'ClusterIP'), paths: [annotationPath(KEY)] }],
    good: [objects('instance', 'NodePort'), objects('ip', 'ClusterIP')],
  }),
  check: (group, report) => {
    for (const { by, service, pods } of albTargetsOf(group)) {
      if (pods !== false || isOnNodes(service)) continue;
      const type = textAt(service, 'spec.type') ?? 'ClusterIP';
      const message = `${nameOf(service)} has the type ${type}, and nodes are to be the targets`;
      if (annotationOf(service, KEY) !== undefined) report(service, annotationPath(KEY), message);
      else report(by, by.kind === 'Ingress' ? annotationPath(KEY) : 'spec.targetType', message);
    }
  },
};
