import { example } from '../example';
import { type KubeObject, listAt, textAt } from '../object';
import { POD_KINDS, podPath, podTemplatesOf } from '../pods';
import type { ManifestRule } from '../rule';

const deployment = (conditionType: string): KubeObject =>
  example('Deployment', 'web', { spec: { template: { spec: { readinessGates: [{ conditionType }] } } } });
const PATH = 'spec.template.spec.readinessGates[0].conditionType';

export const readinessGateByHand: ManifestRule = {
  code: 'MAN072',
  severity: 'error',
  title: 'A readiness gate of the load balancer written by hand: pods never become ready',
  reason:
    'The controller sets the condition of the TargetGroupBinding that it makes, whose name ends in a hash, and nothing sets the conditions of its first version any more. It adds the gate itself in namespaces with the label.',
  hint: 'remove the gate, and label the Namespace elbv2.k8s.aws/pod-readiness-gate-inject: enabled',
  source: 'AWS Load Balancer Controller 3.5.0, pkg/inject/pod_readiness/pod_readiness_gate.go (P31)',
  kinds: POD_KINDS,
  examples: () => ({
    bad: [
      { objects: [deployment('target-health.elbv2.k8s.aws/k8s-shop-web-4f1e')], paths: [PATH] },
      { objects: [deployment('target-health.alb.ingress.k8s.aws/web_web_80')], paths: [PATH] },
    ],
    good: [
      [deployment('example.com/warm')],
      [deployment('target-health.elbv2.k8s.aws/web'), example('TargetGroupBinding', 'web')],
    ],
  }),
  check: (group, report) => {
    for (const template of podTemplatesOf(group)) {
      listAt(template.spec, 'readinessGates').forEach((gate, i) => {
        const type = textAt(gate, 'conditionType') ?? '';
        if (!BY_HAND.test(type) || group.find('TargetGroupBinding', type.slice(type.indexOf('/') + 1), template.owner))
          return;
        report(
          template.owner,
          podPath(template, 'readinessGates', i, 'conditionType'),
          `nothing is known to set "${type}"`,
        );
      });
    }
  },
};

const BY_HAND = /^target-health\.(alb\.ingress\.k8s\.aws\/|elbv2\.k8s\.aws\/k8s-)/;
