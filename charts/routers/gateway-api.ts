import type { ManifestOf } from '@cdk8s/imports/wire';
import type { GatewayApiRouting, Variant } from '../../lib/catalog/service';
import { workloadName } from '../../lib/catalog/workload-names';
import { entranceWave, metadataOf, PRIMARY_ROUTE, type ServiceScope, type WorkloadScope } from '../names';
import { recordsAnnotations } from '../parts/dns';
import { managedRoutes, managedRoutesOf } from './managed-routes';
import type { CanaryTraffic, IgnoreDifferences, Router } from './router';

type HttpRoute = ManifestOf<'gateway.networking.k8s.io/v1/HTTPRoute'>;
type Rule = NonNullable<HttpRoute['spec']['rules']>[number];

const PLUGIN = 'argoproj-labs/gatewayAPI';

/** Whatever implements the Gateway API splits the requests; a plugin of Argo Rollouts sets the weights. */
export const gatewayApi: Router<'gatewayApi'> = {
  objects: (scope, routing) => [httpRoute(scope, routing)],
  canaryTraffic,
  ignoreDifferences,
};

function httpRoute(scope: ServiceScope, routing: GatewayApiRouting): HttpRoute {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: metadataOf(scope, '', { ...entranceWave(scope), ...recordsAnnotations(scope) }),
    spec: {
      // Every field that the API would fill in, or it would be drift inside of a list (B12).
      parentRefs: routing.gateways.map((gateway) => {
        const [namespace = '', name = ''] = gateway.split('/');
        return { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace, name };
      }),
      ...(routing.hosts.length === 0 ? {} : { hostnames: routing.hosts }),
      rules: rulesOf(scope, routing),
    },
  };
}

/** The narrower rules have a header; among equal ones the Gateway API takes the first. */
function rulesOf(scope: ServiceScope, routing: GatewayApiRouting): Rule[] {
  const { name, strategy } = scope.service;
  const { canaryHeader, port } = routing;
  const rule = (title: string, backends: readonly ReturnType<typeof backend>[], header?: Variant['header']): Rule => ({
    name: title,
    matches: [
      {
        path: { type: 'PathPrefix', value: '/' },
        ...(header === undefined ? {} : { headers: [{ type: 'Exact', name: header.name, value: header.value }] }),
      },
    ],
    backendRefs: backends,
    ...(routing.timeoutSeconds === undefined ? {} : { timeouts: { request: `${routing.timeoutSeconds}s` } }),
  });
  const all = rule(PRIMARY_ROUTE, [backend(name, port.port, 1)]);
  const header = (suffix: string): Rule[] =>
    canaryHeader === undefined
      ? []
      : [rule('canary-header', [backend(`${name}${suffix}`, port.port, 1)], canaryHeader)];
  switch (strategy.kind) {
    case 'rolling':
      return [all];
    case 'blueGreen':
      return [...header('-preview'), all];
    case 'canary':
      return [
        ...header('-canary'),
        rule(PRIMARY_ROUTE, [backend(`${name}-stable`, port.port, 100), backend(`${name}-canary`, port.port, 0)]),
      ];
    case 'abTest':
      return [
        ...strategy.variants.flatMap((one) =>
          one.header === undefined
            ? []
            : [rule(`variant-${one.name}`, [backend(workloadName(name, one.name), port.port, 1)], one.header)],
        ),
        all,
      ];
  }
}

const backend = (name: string, port: number, weight: number) => ({ group: '', kind: 'Service', name, port, weight });

/**
 * The plugin takes away rules that it did not make when it may make some, so that it may only where a step asks for one. Its
 * label would be drift to Argo CD (rollouts-plugin-trafficrouter-gatewayapi#208).
 */
function canaryTraffic({ service, environment }: WorkloadScope): CanaryTraffic {
  const { name, strategy } = service;
  const useHeaderRoutes = managedRoutes(strategy).length > 0;
  return {
    stableService: `${name}-stable`,
    canaryService: `${name}-canary`,
    trafficRouting: {
      plugins: {
        [PLUGIN]: {
          namespace: environment.namespace,
          httpRoutes: [{ name, useHeaderRoutes }],
          disableInProgressLabel: true,
        },
      },
      ...managedRoutesOf(strategy),
    },
  };
}

/** The weights, and the rules of header routes: one for each rule of the route, numbered from the second on. */
function ignoreDifferences({ service, environment }: ServiceScope): IgnoreDifferences {
  const { name, strategy } = service;
  if (strategy.kind !== 'canary') return [];
  const managed = managedRoutes(strategy).map(
    (route) => `.spec.rules[]? | select(.name // "" | test("^${route}(-[0-9]+)?$"))`,
  );
  return [
    {
      group: 'gateway.networking.k8s.io',
      kind: 'HTTPRoute',
      name,
      namespace: environment.namespace,
      jqPathExpressions: [...managed, `.spec.rules[]? | select(.name == "${PRIMARY_ROUTE}") | .backendRefs[]?.weight`],
    },
  ];
}
