import type { RouterKind } from '../../lib/catalog/service';
import { releaseServices } from '../../lib/catalog/workload-names';
import type { ManifestObject } from '../manifest';
import type { ServiceScope, WorkloadScope } from '../names';
import { dnsEndpoint } from '../parts/dns';
import { alb } from './alb';
import { albTargetGroups } from './alb-target-groups';
import { gatewayApi } from './gateway-api';
import { istio } from './istio';
import { none } from './none';
import type { CanaryTraffic, IgnoreDifferences, Router, RoutingOf } from './router';

/** One file for each router; a new one does not compile until it is here. */
const ROUTERS: { readonly [R in RouterKind]: Router<R> } = { istio, alb, albTargetGroups, gatewayApi, none };

/** The objects that lead requests to a service, and its DNS records. */
export function routerObjects(scope: ServiceScope): readonly ManifestObject[] {
  const { routing } = scope.service;
  return [...objectsOf(scope, routing.router, routing), ...dnsEndpoint(scope)];
}

function objectsOf<R extends RouterKind>(scope: ServiceScope, router: R, routing: RoutingOf<R>) {
  return ROUTERS[router].objects(scope, routing);
}

/** What the Rollout of a canary says of the routing; nothing where the pods are the weight. */
export function canaryTraffic(scope: WorkloadScope): CanaryTraffic {
  const { routing } = scope.service;
  return trafficOf(scope, routing.router, routing);
}

function trafficOf<R extends RouterKind>(scope: WorkloadScope, router: R, routing: RoutingOf<R>) {
  return ROUTERS[router].canaryTraffic(scope, routing);
}

/** What Argo CD must not take for drift: exactly what the controllers write during a release (P42). */
export function ignoreDifferences(scope: ServiceScope): IgnoreDifferences {
  const { service, environment } = scope;
  const { strategy, routing } = service;
  const suffixes: readonly string[] = Object.values(releaseServices(strategy, routing));
  const switched = strategy.kind === 'blueGreen' && suffixes.length > 0 ? ['', ...suffixes] : suffixes;
  return [
    ...ignoredOf(scope, routing.router, routing),
    ...switched.map((suffix) => ({
      kind: 'Service',
      name: `${service.name}${suffix}`,
      namespace: environment.namespace,
      jqPathExpressions: ['.spec.selector["rollouts-pod-template-hash"]'],
    })),
  ];
}

function ignoredOf<R extends RouterKind>(scope: ServiceScope, router: R, routing: RoutingOf<R>) {
  return ROUTERS[router].ignoreDifferences(scope, routing);
}
