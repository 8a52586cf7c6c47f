import { example } from '../example';
import { childPath, type KubeObject, listAt, numberAt } from '../object';
import type { ManifestRule } from '../rule';

const virtualService = (weights: readonly (number | undefined)[]): KubeObject =>
  example('VirtualService', 'web', {
    spec: {
      hosts: ['web'],
      http: [
        {
          route: weights.map((weight, i) => ({
            destination: { host: `web-${i}` },
            ...(weight === undefined ? {} : { weight }),
          })),
        },
      ],
    },
  });

export const routeWeightsZero: ManifestRule = {
  code: 'MAN057',
  severity: 'error',
  title: 'A route with several destinations and no weight above 0: Istio refuses the VirtualService',
  reason:
    'The webhook of Istio answers "total destination weight = 0" when more than one destination stands in a route and none has a weight. The routes of before stay.',
  hint: 'give the destinations weights that add up to 100',
  source: 'Istio 1.30, pkg/config/validation/validation.go: validateHTTPRouteDestinations',
  kinds: ['VirtualService'],
  examples: () => ({
    bad: [
      { objects: [virtualService([undefined, undefined])], paths: ['spec.http[0].route'] },
      { objects: [virtualService([0, 0])], paths: ['spec.http[0].route'] },
    ],
    good: [[virtualService([100, undefined])], [virtualService([undefined])]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('VirtualService')) {
      listAt(object, 'spec.http').forEach((route, i) => {
        const targets = listAt(route, 'route');
        if (targets.length < 2 || targets.some((target) => (numberAt(target, 'weight') ?? 0) !== 0)) return;
        const message = `${targets.length} destinations, and no weight`;
        report(object, childPath('spec.http', i, 'route'), message);
      });
    }
  },
};
