import { albTargetsOf } from '../alb';
import { example } from '../example';
import { type KubeObject, nameOf, textAt } from '../object';
import type { ManifestRule } from '../rule';

const ACTIVE = 'spec.strategy.blueGreen.activeService';
const objects = (targetType: string, serviceType: string): readonly KubeObject[] => [
  example('Rollout', 'web', { spec: { strategy: { blueGreen: { activeService: 'web' } } } }),
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
    { annotations: { 'alb.ingress.kubernetes.io/target-type': targetType } },
  ),
];

export const albBlueGreen: ManifestRule = {
  code: 'MAN069',
  severity: 'error',
  title: 'Blue/green by switching a Service whose pods are targets of an ALB: nothing may be registered for a while',
  reason:
    'The switch changes the selector of the active Service. The new pods were not targets before and cannot get a readiness gate after they were made, so the old ones can be gone before the new ones are registered and healthy.',
  hint: 'use two permanent target groups with weights, or a canary with pingPong',
  source: 'Argo Rollouts 1.9.1, docs/features/traffic-management/alb.md; argo-rollouts#4834, #4259 (P30)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [{ objects: objects('ip', 'ClusterIP'), paths: [ACTIVE] }],
    good: [objects('instance', 'NodePort')],
  }),
  check: (group, report) => {
    const rollouts = group.ofKind('Rollout').filter((rollout) => textAt(rollout, ACTIVE) !== undefined);
    if (rollouts.length === 0) return;
    const byService = new Map(albTargetsOf(group).flatMap(({ by, service, pods }) => (pods ? [[service, by]] : [])));
    for (const rollout of rollouts) {
      const service = group.find('Service', textAt(rollout, ACTIVE) ?? '', rollout);
      const by = service === undefined ? undefined : byService.get(service);
      if (by !== undefined)
        report(rollout, ACTIVE, `the pods of "${service?.metadata.name}" are targets by ${nameOf(by)}`);
    }
  },
};
