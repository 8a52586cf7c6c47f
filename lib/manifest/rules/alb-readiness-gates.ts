import { albTargetsOf } from '../alb';
import { albCanary } from '../alb-example';
import { annotationPath } from '../argocd';
import { example } from '../example';
import { type KubeObject, mapAt, nameOf } from '../object';
import type { ManifestRule } from '../rule';

const LABEL = 'elbv2.k8s.aws/pod-readiness-gate-inject';
const PATH = annotationPath(LABEL).replace('annotations', 'labels');
const inShop = (objects: readonly KubeObject[]): readonly KubeObject[] =>
  objects.map((object) => ({ ...object, metadata: { ...object.metadata, namespace: 'shop' } }));

export const albReadinessGates: ManifestRule = {
  code: 'MAN071',
  severity: 'warning',
  title:
    'Pods behind an ALB count as ready before the load balancer sends to them: a fast release goes ahead of its targets',
  reason:
    'AWS Load Balancer Controller adds a readiness gate to pods that are targets, in namespaces with the label. Without it Kubernetes replaces a pod while its successor is still being registered.',
  hint: `label the Namespace ${LABEL}: enabled`,
  source:
    'AWS Load Balancer Controller 3.5.0, config/webhook/pod_mutator_patch.yaml; docs/deploy/pod_readiness_gate.md (P31)',
  kinds: ['Ingress', 'TargetGroupBinding'],
  examples: () => ({
    bad: [{ objects: [...inShop(albCanary()), example('Namespace', 'shop')], paths: [PATH] }],
    good: [
      [...inShop(albCanary()), example('Namespace', 'shop', {}, { labels: { [LABEL]: 'enabled' } })],
      inShop(albCanary()),
    ],
  }),
  check: (group, report) => {
    const told = new Set<KubeObject>();
    for (const { by, pods } of albTargetsOf(group)) {
      if (pods !== true || by.metadata.namespace === undefined) continue;
      const namespace = group.find('Namespace', by.metadata.namespace);
      if (namespace === undefined || told.has(namespace)) continue;
      if (mapAt(namespace, 'metadata.labels')[LABEL] === 'enabled') continue;
      told.add(namespace);
      report(namespace, PATH, `pods in it are targets by ${nameOf(by)}, and get no readiness gate`);
    }
  },
};
