import { albAnnotation, albTargetsOf } from '../alb';
import { annotationOf, words } from '../argocd';
import { example } from '../example';
import { type KubeObject, nameOf, numberAt } from '../object';
import { podPath, templatesOfService } from '../pods';
import type { ManifestRule } from '../rule';

const KEY = albAnnotation('target-group-attributes');
const objects = (graceSeconds: number): readonly KubeObject[] => [
  example('Deployment', 'web', {
    spec: { template: { metadata: { labels: { app: 'web' } }, spec: { terminationGracePeriodSeconds: graceSeconds } } },
  }),
  example('Service', 'web', { spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } }),
  example(
    'Ingress',
    'web',
    {
      spec: {
        ingressClassName: 'alb',
        rules: [{ http: { paths: [{ path: '/', backend: { service: { name: 'web', port: { number: 80 } } } }] } }],
      },
    },
    {
      annotations: {
        [albAnnotation('target-type')]: 'ip',
        [KEY]: 'deregistration_delay.timeout_seconds=60,slow_start.duration_seconds=30',
      },
    },
  ),
];

export const albDrain: ManifestRule = {
  code: 'MAN073',
  severity: 'warning',
  title: 'Pods end before the load balancer is done with them: requests that it still waits for get 502 or 504',
  reason:
    'The deregistration delay is the time that the ALB gives requests in flight. A pod that is killed earlier cuts them; the delay says how long they may take.',
  hint: 'make terminationGracePeriodSeconds at least the deregistration delay, or shorten the delay',
  source: 'AWS: deregistration delay; aws-load-balancer-controller#3270 (P34)',
  kinds: ['Ingress'],
  examples: () => ({
    bad: [{ objects: objects(30), paths: ['spec.template.spec.terminationGracePeriodSeconds'] }],
    good: [objects(75)],
  }),
  check: (group, report) => {
    const told = new Set<KubeObject>();
    for (const { by, service, pods } of albTargetsOf(group)) {
      const delaySeconds = delayOf(annotationOf(service, KEY) ?? annotationOf(by, KEY));
      if (pods !== true || delaySeconds === undefined) continue;
      for (const template of templatesOfService(group, service)) {
        const graceSeconds = numberAt(template.spec, 'terminationGracePeriodSeconds') ?? 30;
        if (graceSeconds >= delaySeconds || told.has(template.owner)) continue;
        told.add(template.owner);
        const message = `pods end after ${graceSeconds} s, and ${nameOf(by)} waits ${delaySeconds} s for their requests`;
        report(template.owner, podPath(template, 'terminationGracePeriodSeconds'), message);
      }
    }
  },
};

/** The deregistration delay among the attributes of a target group, in seconds. */
function delayOf(attributes: string | undefined): number | undefined {
  const text = words(attributes).find((word) => word.startsWith('deregistration_delay.timeout_seconds='));
  const seconds = Number(text?.slice(text.indexOf('=') + 1));
  return text === undefined || Number.isNaN(seconds) ? undefined : seconds;
}
