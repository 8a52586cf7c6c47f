import type { ManifestOf } from '@cdk8s/imports/wire';
import type { Port } from '../../lib/catalog/service';
import {
  CANARY_SUBSET,
  clusterHost,
  metadataOf,
  PRIMARY_ROUTE,
  type ServiceScope,
  STABLE_SUBSET,
  selectorOf,
  WAVES,
  wave,
} from '../names';

type VirtualService = ManifestOf<'networking.istio.io/v1/VirtualService'>;
type HttpRoute = NonNullable<NonNullable<VirtualService['spec']>['http']>[number];

/** The route that the canary header takes; no Rollout manages it. */
const HEADER_ROUTE = 'canary-header';

/** What a Rollout must know of the routing: the routes whose weights it sets, and the subsets between which it splits (P1). */
export function istioTrafficRouting(scope: ServiceScope) {
  return {
    istio: {
      virtualService: { name: scope.service.name, routes: weightedRoutes(scope).map(([name]) => name) },
      destinationRule: { name: scope.service.name, canarySubsetName: CANARY_SUBSET, stableSubsetName: STABLE_SUBSET },
    },
  };
}

/** The weighted routes: the other HTTP ports by their number, then the routed port, which takes all that is left. */
function weightedRoutes({ service }: ServiceScope): readonly (readonly [name: string, port: Port])[] {
  const { port: main } = service.routing;
  const others = service.ports.filter((port) => port.protocol !== 'tcp' && port.name !== main.name);
  return [...others.map((port) => [`port-${port.name}`, port] as const), [PRIMARY_ROUTE, main] as const];
}

/**
 * Routes of in-mesh callers and of the gateways alike: without `mesh` and the cluster's own host name callers in the mesh would
 * split by pod count (P9, B14). Every route has a name (P2).
 */
export function virtualService(scope: ServiceScope): VirtualService {
  const { hosts, gateways } = scope.service.routing;
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: metadataOf(scope, '', wave(WAVES.virtualService)),
    spec: {
      hosts: [clusterHost(scope), ...hosts],
      gateways: ['mesh', ...gateways],
      http: weightedRoutes(scope).flatMap(([name, port]) =>
        name === PRIMARY_ROUTE ? primaryRoutes(scope) : [portRoute(scope, name, port)],
      ),
    },
  };
}

function primaryRoutes(scope: ServiceScope): HttpRoute[] {
  const { canaryHeader, port } = scope.service.routing;
  const weighted = { name: PRIMARY_ROUTE, route: split(scope, port), ...policies(scope) };
  if (canaryHeader === undefined) return [weighted];
  return [
    {
      name: HEADER_ROUTE,
      match: [{ headers: { [canaryHeader.name]: { exact: canaryHeader.value } } }],
      route: [{ destination: destination(scope, port, CANARY_SUBSET) }],
      ...policies(scope),
    },
    weighted,
  ];
}

function portRoute(scope: ServiceScope, name: string, port: Port): HttpRoute {
  return { name, match: [{ gateways: ['mesh'], port: port.port }], route: split(scope, port), ...policies(scope) };
}

function split(scope: ServiceScope, port: Port) {
  return [
    { destination: destination(scope, port, STABLE_SUBSET), weight: 100 },
    { destination: destination(scope, port, CANARY_SUBSET), weight: 0 },
  ];
}

const destination = (scope: ServiceScope, port: Port, subset: string) => ({
  host: clusterHost(scope),
  subset,
  port: { number: port.port },
});

function policies({ service }: ServiceScope): Pick<HttpRoute, 'timeout' | 'retries'> {
  const { timeoutSeconds, retries } = service.routing;
  const { attempts, perTryTimeoutSeconds, retryOn } = retries;
  return {
    ...(timeoutSeconds === undefined ? {} : { timeout: `${timeoutSeconds}s` }),
    retries: {
      attempts,
      ...(attempts > 0 && perTryTimeoutSeconds !== undefined ? { perTryTimeout: `${perTryTimeoutSeconds}s` } : {}),
      ...(attempts > 0 ? { retryOn } : {}),
    },
  };
}

/**
 * The two subsets; the controller adds the hash of each version to their labels, which is why it is never written here
 * (P4) and why no other subset may stand in it (P3).
 */
export function destinationRule(scope: ServiceScope): ManifestOf<'networking.istio.io/v1/DestinationRule'> {
  const subset = (name: string) => ({ name, labels: selectorOf(scope.service) });
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: metadataOf(scope, '', wave(WAVES.destinationRule)),
    spec: {
      host: clusterHost(scope),
      trafficPolicy: trafficPolicy(scope),
      subsets: [subset(CANARY_SUBSET), subset(STABLE_SUBSET)],
    },
  };
}

function trafficPolicy({ service }: ServiceScope) {
  const { connectionPool, loadBalancer, outlierDetection } = service.routing;
  const { maxConnections, connectTimeoutSeconds, http1MaxPendingRequests, http2MaxRequests, maxRequestsPerConnection } =
    connectionPool;
  const tcp = {
    ...(maxConnections === undefined ? {} : { maxConnections }),
    ...(connectTimeoutSeconds === undefined ? {} : { connectTimeout: `${connectTimeoutSeconds}s` }),
  };
  const http = {
    ...(http1MaxPendingRequests === undefined ? {} : { http1MaxPendingRequests }),
    ...(http2MaxRequests === undefined ? {} : { http2MaxRequests }),
    ...(maxRequestsPerConnection === undefined ? {} : { maxRequestsPerConnection }),
  };
  const pools = { ...(isEmpty(tcp) ? {} : { tcp }), ...(isEmpty(http) ? {} : { http }) };
  return {
    ...(isEmpty(pools) ? {} : { connectionPool: pools }),
    loadBalancer: { simple: loadBalancer },
    ...(outlierDetection === undefined
      ? {}
      : {
          outlierDetection: {
            consecutive5xxErrors: outlierDetection.consecutive5xxErrors,
            interval: `${outlierDetection.intervalSeconds}s`,
            baseEjectionTime: `${outlierDetection.baseEjectionTimeSeconds}s`,
            maxEjectionPercent: outlierDetection.maxEjectionPercent,
          },
        }),
  };
}

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

/** What Argo CD must not take for drift: the weights of the managed routes and nothing else of the routing (B6, B11, P40). */
export function istioIgnoreDifferences(scope: ServiceScope) {
  const { name } = scope.service;
  const { namespace } = scope.environment;
  const routes = weightedRoutes(scope).map(
    ([route]) => `.spec.http[]? | select(.name == "${route}") | .route[]?.weight`,
  );
  return [
    { group: 'networking.istio.io', kind: 'VirtualService', name, namespace, jqPathExpressions: routes },
    {
      group: 'networking.istio.io',
      kind: 'DestinationRule',
      name,
      namespace,
      jqPathExpressions: ['.spec.subsets[]?.labels["rollouts-pod-template-hash"]'],
    },
  ];
}
