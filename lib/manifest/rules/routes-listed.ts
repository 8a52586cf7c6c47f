import { virtualServicesOf } from '../istio';
import { hasAt } from '../object';
import { ISTIO } from '../rollout';
import type { ManifestRule } from '../rule';
import { subsetCanary } from '../served-example';

export const routesListed: ManifestRule = {
  code: 'MAN033',
  severity: 'warning',
  title: 'A Rollout that does not say which routes are its own: the next route that is added stops its releases',
  reason:
    'With one http route the controller takes that one. As soon as there is a second, as for a header or a redirect, the Rollout is InvalidSpec; a named route that was not listed has been left without weights too.',
  hint: 'name the route in the VirtualService and list it in virtualService.routes',
  source: 'Argo Rollouts 1.9.1, rollout/trafficrouting/istio/istio.go: ValidateHTTPRoutes; argo-rollouts#3884 (P1)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [{ objects: subsetCanary({}), paths: [`${ISTIO}.virtualService`] }],
    good: [subsetCanary({ routes: ['primary'] })],
  }),
  check: (group, report) => {
    for (const object of group.ofKind('Rollout')) {
      for (const { virtualService, routes, path } of virtualServicesOf(group, object)) {
        if (routes.length > 0 || !hasAt(virtualService, 'spec.http[0]') || hasAt(virtualService, 'spec.http[1]'))
          continue;
        report(object, path, `it lists no route of the VirtualService "${virtualService.metadata.name}"`);
      }
    }
  },
};
