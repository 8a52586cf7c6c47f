import { canary, example } from '../example';
import { virtualServicesOf } from '../istio';
import { childPath, type KubeObject, listAt, textAt } from '../object';
import { MANAGED_ROUTES } from '../rollout';
import type { ManifestRule } from '../rule';

const route = (name: string) => ({
  name,
  ...(name === 'primary' ? {} : { match: [{ headers: { beta: { exact: 'true' } } }] }),
  route: ['stable', 'canary'].map((subset, i) => ({ destination: { host: 'web', subset }, weight: i === 0 ? 100 : 0 })),
});
const objects = (...routes: readonly string[]): readonly KubeObject[] => [
  canary({
    trafficRouting: {
      managedRoutes: [{ name: 'beta' }],
      istio: {
        destinationRule: { name: 'web', canarySubsetName: 'canary', stableSubsetName: 'stable' },
        virtualService: { name: 'web', routes: ['primary'] },
      },
    },
  }),
  example('DestinationRule', 'web', {
    spec: { host: 'web', subsets: ['canary', 'stable'].map((name) => ({ name, labels: { app: 'web' } })) },
  }),
  example('VirtualService', 'web', { spec: { hosts: ['web'], http: routes.map(route) } }),
];

export const managedRouteByHand: ManifestRule = {
  code: 'MAN032',
  severity: 'error',
  title: 'A route made by hand that managedRoutes lists: the controller removes it',
  reason:
    'Routes that managedRoutes lists belong to the controller. It removes them when a release ends or is aborted, and whatever made them by hand puts them back.',
  hint: 'take the name out of managedRoutes, or the route out of the VirtualService and set it in a step',
  source: 'Argo Rollouts 1.9.1, rollout/trafficrouting/istio/istio.go: RemoveManagedRoutes (P5)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [{ objects: objects('beta', 'primary'), paths: ['spec.http[0].name'] }],
    good: [objects('primary')],
  }),
  check: (group, report) => {
    for (const object of group.ofKind('Rollout')) {
      const managed = new Set(listAt(object, MANAGED_ROUTES).map((one) => textAt(one, 'name')));
      if (managed.size === 0) continue;
      for (const { virtualService } of virtualServicesOf(group, object)) {
        for (const [i, http] of listAt(virtualService, 'spec.http').entries()) {
          const name = textAt(http, 'name');
          if (name === undefined || !managed.has(name)) continue;
          const message = `Rollout "${object.metadata.name}" manages the route "${name}" and removes it`;
          report(virtualService, childPath('spec.http', i, 'name'), message);
        }
      }
    }
  },
};
