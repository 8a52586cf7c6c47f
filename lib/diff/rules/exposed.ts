import { annotationOf } from '../../manifest/argocd';
import { example } from '../../manifest/example';
import { type KubeObject, listAt, nameOf, textAt } from '../../manifest/object';
import { pairOf } from '../example';
import { textsOf } from '../fields';
import type { DiffRule } from '../rule';

const service = (type: string) => example('Service', 'web', { spec: { type, ports: [{ port: 80 }] } });
const ingress = (scheme: string) =>
  example('Ingress', 'web', { spec: {} }, { annotations: { 'alb.ingress.kubernetes.io/scheme': scheme } });

export const exposed: DiffRule = {
  code: 'DIF114',
  severity: 'warning',
  title: 'Widens access: something can be reached from outside that could not',
  reason:
    'A Service of type LoadBalancer gets an address of its own, NodePort opens a port on every node, and an internet-facing load balancer or another host lets everybody in.',
  hint: 'keep it ClusterIP behind the gateway that is there, or restrict it by loadBalancerSourceRanges',
  source:
    'Kubernetes 1.34, documentation: Service; AWS Load Balancer Controller 3.5, docs/guide/ingress/annotations.md',
  kinds: ['Service', 'Ingress', 'VirtualService', 'HTTPRoute', 'Gateway'],
  counted: ['object opens to the outside', 'objects open to the outside'],
  examples: () => ({
    has: [
      { ...pairOf(service('ClusterIP'), service('LoadBalancer')), paths: ['spec.type'] },
      { ...pairOf(ingress('internal'), ingress('internet-facing')), paths: ['metadata.annotations'] },
    ],
    hasNot: [pairOf(service('LoadBalancer'), service('ClusterIP'))],
  }),
  check: ({ before, after }, _, tell) => {
    if (before === undefined || after === undefined) return;
    const name = nameOf(after.object);
    if (after.object.kind === 'Service') {
      const [was, is] = [opennessOf(before.object), opennessOf(after.object)];
      if (is > was) tell('spec.type', `${name} becomes a ${textAt(after.object, 'spec.type')}`);
      const [old, now] = [before, after].map(({ object }) => listAt(object, 'spec.externalIPs').length);
      if ((now ?? 0) > (old ?? 0)) tell('spec.externalIPs', `${name} takes connections to more addresses`);
      const ranges = (object: KubeObject) => listAt(object, 'spec.loadBalancerSourceRanges').length;
      if (ranges(before.object) > 0 && ranges(after.object) === 0)
        tell('spec.loadBalancerSourceRanges', `${name} takes connections from everywhere`);
      return;
    }
    const scheme = 'alb.ingress.kubernetes.io/scheme';
    if (
      annotationOf(after.object, scheme) === 'internet-facing' &&
      annotationOf(before.object, scheme) !== 'internet-facing'
    ) {
      tell('metadata.annotations', `${name} can be reached from the internet`);
    }
    const had = new Set(hostsOf(before.object));
    const fresh = hostsOf(after.object).filter((host) => !had.has(host));
    if (fresh.length > 0) tell('spec', `${name} also answers for ${fresh.join(', ')}`);
  },
};

const opennessOf = (object: KubeObject): number =>
  ['ClusterIP', 'NodePort', 'LoadBalancer'].indexOf(textAt(object, 'spec.type') ?? 'ClusterIP');

const hostsOf = (object: KubeObject): readonly string[] => [
  ...textsOf(listAt(object, 'spec.hosts')),
  ...textsOf(listAt(object, 'spec.hostnames')),
  ...listAt(object, 'spec.rules').flatMap((rule) => textAt(rule, 'host') ?? []),
  ...listAt(object, 'spec.servers').flatMap((server) => textsOf(listAt(server, 'hosts'))),
];
