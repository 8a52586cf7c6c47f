import { example } from '../example';
import { childPath, fieldAt, type KubeObject, listAt, numberAt } from '../object';
import type { ManifestRule } from '../rule';

const virtualService = (...weights: readonly number[]): KubeObject =>
  example('VirtualService', 'web', {
    spec: {
      hosts: ['web'],
      http: [{ route: weights.map((weight, i) => ({ destination: { host: `web-${i}` }, weight })) }],
    },
  });

export const routeWeightsSum: ManifestRule = {
  code: 'MAN056',
  severity: 'warning',
  title: 'Weights of a route that do not add up to 100: they are shares of their sum, not percent',
  reason:
    'Istio divides each weight by the sum of the route. Argo Rollouts writes percent into two of them, so a third destination, or one that was mistyped, gets another share than it says.',
  hint: 'make the weights of the route add up to 100',
  source: 'Istio 1.30, VirtualService: HTTPRouteDestination.weight; measured (vs-weights-sum-90)',
  kinds: ['VirtualService'],
  examples: () => ({
    bad: [{ objects: [virtualService(80, 10)], paths: ['spec.http[0].route'] }],
    good: [[virtualService(90, 10)], [virtualService(100, 0)], [virtualService(1)]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('VirtualService')) {
      for (const protocol of PROTOCOLS) {
        listAt(object, `spec.${protocol}`).forEach((route, i) => {
          const targets = listAt(route, 'route');
          const sum = weightOf(targets);
          if (targets.length < 2 || sum === 0 || sum === 100) return;
          const value = targets.map((target) => fieldAt(target, 'weight') ?? 0);
          report(object, childPath(`spec.${protocol}`, i, 'route'), `the weights add up to ${sum}`, { value });
        });
      }
    }
  },
};

const PROTOCOLS = ['http', 'tcp', 'tls'] as const;

const weightOf = (targets: readonly unknown[]): number =>
  targets.reduce((sum: number, target) => sum + (numberAt(target, 'weight') ?? 0), 0);
