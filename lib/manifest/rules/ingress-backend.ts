import { canary, example } from '../example';
import { fieldAt, type KubeObject, listAt, textAt } from '../object';
import { CANARY, ROUTING } from '../rollout';
import type { ManifestRule } from '../rule';

const service = (name: string): KubeObject => example('Service', name, { spec: { selector: { app: 'web' } } });
const objects = (backend: string): readonly KubeObject[] => [
  canary({
    stableService: 'web',
    canaryService: 'web-canary',
    trafficRouting: { nginx: { stableIngress: 'web' } },
  }),
  service('web'),
  service('web-canary'),
  example('Ingress', 'web', {
    spec: { rules: [{ http: { paths: [{ backend: { service: { name: backend, port: { number: 80 } } } }] } }] },
  }),
];

export const ingressBackend: ManifestRule = {
  code: 'MAN131',
  severity: 'error',
  title: 'An Ingress of a Rollout that has no path to its Service: InvalidSpec',
  reason:
    'The controller shifts weight beside the path that leads to the stable Service, or to rootService of an ALB. It refuses a Rollout whose Ingress has no such path.',
  hint: 'give a path of the Ingress the stableService as backend, or rootService where an ALB has one',
  source:
    'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation_references.go: ValidateIngress; utils/ingress/ingress.go: HasRuleWithService',
  kinds: ['Ingress'],
  examples: () => ({
    bad: [{ objects: objects('web-canary'), paths: ['spec.rules'] }],
    good: [objects('web')],
  }),
  check: (group, report) => {
    for (const object of group.ofKind('Rollout')) {
      const routing = fieldAt(object, ROUTING);
      const alb = fieldAt(routing, 'alb');
      const nginx = fieldAt(routing, 'nginx');
      const names = [
        textAt(alb, 'ingress'),
        textAt(nginx, 'stableIngress'),
        ...listAt(alb, 'ingresses'),
        ...listAt(nginx, 'stableIngresses'),
      ];
      const wanted = textAt(alb, 'rootService') ?? textAt(fieldAt(object, CANARY), 'stableService');
      if (wanted === undefined) continue;
      for (const name of names) {
        const ingress = typeof name === 'string' ? group.find('Ingress', name, object) : undefined;
        if (ingress === undefined || leadsTo(ingress, wanted)) continue;
        const message = `no path leads to "${wanted}", as Rollout "${object.metadata.name}" needs it`;
        report(ingress, 'spec.rules', message);
      }
    }
  },
};

const leadsTo = (ingress: KubeObject, service: string): boolean =>
  listAt(ingress, 'spec.rules').some((rule) =>
    listAt(rule, 'http.paths').some((path) => textAt(path, 'backend.service.name') === service),
  );
