import { canary, example } from '../example';
import { fieldAt, hasAt, type KubeObject, listAt, textAt } from '../object';
import { ISTIO, ROUTING } from '../rollout';
import type { ManifestRule } from '../rule';

const services = (): readonly KubeObject[] =>
  ['web', 'web-canary'].map((name) => example('Service', name, { spec: { selector: { app: 'web' } } }));
const routed = (trafficRouting: object): readonly KubeObject[] => [
  canary({ stableService: 'web', canaryService: 'web-canary', trafficRouting }),
  ...services(),
];
const ingress = (): KubeObject =>
  example('Ingress', 'web', {
    spec: { rules: [{ http: { paths: [{ backend: { service: { name: 'web', port: { number: 80 } } } }] } }] },
  });

/** Of each pair of fields a Rollout gives exactly one. */
const CHOICES = [
  [ISTIO, 'virtualService', 'virtualServices'],
  [`${ROUTING}.alb`, 'ingress', 'ingresses'],
  [`${ROUTING}.nginx`, 'stableIngress', 'stableIngresses'],
] as const;

export const routerObjects: ManifestRule = {
  code: 'MAN037',
  severity: 'error',
  title: 'A router that is told of no object to change, or of two lists: InvalidSpec',
  reason:
    'The controller writes weights into one VirtualService or Ingress, or into a list of them. It does not choose.',
  hint: 'give exactly one of the two fields',
  source:
    'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation_references.go: ValidateRolloutVirtualServicesConfig, ValidateRolloutAlbIngressesConfig, ValidateRolloutNginxIngressesConfig',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: routed({ istio: {} }), paths: [ISTIO] },
      {
        objects: [...routed({ nginx: { stableIngress: 'web', stableIngresses: ['web'] } }), ingress()],
        paths: [`${ROUTING}.nginx`],
      },
    ],
    good: [[...routed({ nginx: { stableIngress: 'web' } }), ingress()]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      for (const [path, one, several] of CHOICES) {
        const router = fieldAt(object, path);
        if (router === undefined || router === null) continue;
        const single = textAt(router, one) || hasAt(fieldAt(router, one), 'name');
        const list = listAt(router, several).length > 0;
        if (Boolean(single) !== list) continue;
        report(object, path, list ? `both ${one} and ${several} are given` : `neither ${one} nor ${several} is given`);
      }
    }
  },
};
