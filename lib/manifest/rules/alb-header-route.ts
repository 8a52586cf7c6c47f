import { albRolloutsOf, backendsOf } from '../alb';
import { albCanary } from '../alb-example';
import { listAt } from '../object';
import type { ManifestRule } from '../rule';

const routing = { managedRoutes: [{ name: 'header' }] };
const api = { path: '/api', pathType: 'Prefix', backend: { service: { name: 'api', port: { number: 80 } } } };

export const albHeaderRoute: ManifestRule = {
  code: 'MAN067',
  severity: 'error',
  title: 'A header route on an Ingress that others share: their requests with the header go to this canary too',
  reason:
    'For a header route Argo Rollouts puts a path /* in front of every rule of the Ingress, whatever its host and whosever Service is behind it.',
  hint: 'give the Rollout an Ingress of its own, and join the two on one load balancer with alb.ingress.kubernetes.io/group.name',
  source: 'Argo Rollouts 1.9.1, utils/ingress/wrapper.go: CreateAnnotationBasedPath (P7)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [{ objects: albCanary({ routing, paths: [api] }), paths: ['spec.rules[0].http.paths[1].backend.service'] }],
    good: [albCanary({ routing }), albCanary({ paths: [api] })],
  }),
  check: (group, report) => {
    for (const { rollout, action, services, ingresses } of albRolloutsOf(group)) {
      if (listAt(rollout, 'spec.strategy.canary.trafficRouting.managedRoutes').length === 0) continue;
      const own = new Set([action, ...services]);
      for (const ingress of ingresses) {
        for (const { service, path } of backendsOf(ingress)) {
          if (own.has(service)) continue;
          report(
            ingress,
            path,
            `the header routes of Rollout "${rollout.metadata.name}" take requests to "${service}"`,
          );
        }
      }
    }
  },
};
