import { canary, example } from '../example';
import { virtualServicesOf } from '../istio';
import { hasAt, type KubeObject, listAt, textAt } from '../object';
import { ISTIO, MANAGED_ROUTES } from '../rollout';
import type { ManifestRule, ReportObject } from '../rule';

const rollout = (routes?: readonly string[]) =>
  canary({
    trafficRouting: {
      istio: {
        destinationRule: { name: 'web', canarySubsetName: 'canary', stableSubsetName: 'stable' },
        virtualService: { name: 'web', ...(routes === undefined ? {} : { routes }) },
      },
    },
  });
const route = (name?: string) => ({
  ...(name === undefined ? {} : { name, match: [{ uri: { prefix: `/${name}` } }] }),
  route: ['stable', 'canary'].map((subset, i) => ({ destination: { host: 'web', subset }, weight: 100 - 100 * i })),
});
const objects = (routes: readonly string[] | undefined, ...http: readonly object[]): readonly KubeObject[] => [
  rollout(routes),
  example('DestinationRule', 'web', {
    spec: { host: 'web', subsets: ['canary', 'stable'].map((name) => ({ name, labels: { app: 'web' } })) },
  }),
  example('VirtualService', 'web', { spec: { hosts: ['web'], http } }),
];

export const istioRoutes: ManifestRule = {
  code: 'MAN028',
  severity: 'error',
  title: 'A Rollout that does not find its routes in the VirtualService: InvalidSpec',
  reason:
    'The controller writes weights into the routes that the Rollout lists by name. It refuses a name that is not there, and a list that is missing where there is more than one route to choose from.',
  hint: 'name the routes in the VirtualService, and list the names in virtualService.routes',
  source:
    'Argo Rollouts 1.9.1, rollout/trafficrouting/istio/istio.go: ValidateHTTPRoutes (P1); measured (vs-route-unnamed, vs-two-routes-none-selected)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: objects(['primary'], route()), paths: [`${ISTIO}.virtualService.routes[0]`] },
      { objects: objects(undefined, route('api'), route('web')), paths: [`${ISTIO}.virtualService`] },
    ],
    good: [objects(['primary'], route('primary')), objects(['web'], route('api'), route('web'))],
  }),
  check: (group, report) => {
    for (const object of group.ofKind('Rollout')) {
      for (const { virtualService, routes, path } of virtualServicesOf(group, object)) {
        checkHttp(object, virtualService, routes, path, report);
      }
    }
  },
};

const PROTOCOLS = ['spec.http', 'spec.tls', 'spec.tcp'];

function checkHttp(
  object: KubeObject,
  virtualService: KubeObject,
  routes: readonly string[],
  path: string,
  report: ReportObject,
): void {
  const { name } = virtualService.metadata;
  if (!PROTOCOLS.some((protocol) => hasAt(virtualService, protocol))) {
    report(object, path, `the VirtualService "${name}" has no routes`);
    return;
  }
  if (!hasAt(virtualService, 'spec.http')) return;
  const names = listAt(virtualService, 'spec.http').map((one) => textAt(one, 'name') ?? '');
  const known = names.filter((one) => one !== '').map((one) => `"${one}"`);
  for (const [i, wanted] of routes.entries()) {
    if (names.includes(wanted)) continue;
    const has = known.length === 0 ? 'its routes have no names' : `it has ${known.join(', ')}`;
    report(object, `${path}.routes[${i}]`, `the VirtualService "${name}" has no http route "${wanted}"; ${has}`);
  }
  const managed = listAt(object, MANAGED_ROUTES).map((one) => textAt(one, 'name'));
  const choice = names.filter((one) => !managed.includes(one));
  if (routes.length === 0 && choice.length > 1) {
    report(object, path, `the VirtualService "${name}" has ${choice.length} http routes, and none is listed`);
  }
}
