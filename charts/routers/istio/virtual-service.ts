import type { ManifestOf } from '@cdk8s/imports/wire';
import type { IstioRouting, Port } from '../../../lib/catalog/service';
import {
  CANARY_SUBSET,
  clusterHost,
  entranceWave,
  metadataOf,
  PRIMARY_ROUTE,
  type ServiceScope,
  STABLE_SUBSET,
} from '../../names';
import { recordsAnnotations } from '../../parts/dns';
import { type Destinations, destination, type HttpRoute } from './destination';
import { variantRoutes } from './variants';

type VirtualService = ManifestOf<'networking.istio.io/v1/VirtualService'>;

/** The route that the canary header takes; no Rollout manages it. */
const HEADER_ROUTE = 'canary-header';

/** The routes to all pods of the service: the other HTTP ports by their number, then the routed port, which takes all that is left. */
export function weightedRoutes({ service }: ServiceScope): readonly (readonly [name: string, port: Port])[] {
  const { port: main } = service.routing;
  const others = service.ports.filter((port) => port.protocol !== 'tcp' && port.name !== main.name);
  return [...others.map((port) => [`port-${port.name}`, port] as const), [PRIMARY_ROUTE, main] as const];
}

/**
 * Routes of in-mesh callers and of the gateways alike: without `mesh` and the cluster's own host name callers in the mesh would
 * split by pod count (P9, B14). Every route has a name (P2).
 */
export function virtualService(scope: ServiceScope, routing: IstioRouting): VirtualService {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: metadataOf(scope, '', { ...entranceWave(scope), ...recordsAnnotations(scope) }),
    spec: {
      hosts: [clusterHost(scope), ...routing.hosts],
      gateways: ['mesh', ...routing.gateways],
      http: weightedRoutes(scope).flatMap(([name, port]) =>
        name === PRIMARY_ROUTE ? primaryRoutes(scope, routing) : [portRoute(scope, routing, name, port)],
      ),
    },
  };
}

function primaryRoutes(scope: ServiceScope, routing: IstioRouting): HttpRoute[] {
  const { canaryHeader, port } = routing;
  const { strategy } = scope.service;
  if (strategy.kind === 'abTest') return variantRoutes(scope, strategy, routing, policies(routing));
  const primary = { name: PRIMARY_ROUTE, route: stableRoute(scope, routing, port), ...policies(routing) };
  if (canaryHeader === undefined) return [primary];
  return [
    {
      name: HEADER_ROUTE,
      match: [{ headers: { [canaryHeader.name]: { exact: canaryHeader.value } } }],
      route: [{ destination: newVersion(scope, routing, port) }],
      ...policies(routing),
    },
    primary,
  ];
}

function portRoute(scope: ServiceScope, routing: IstioRouting, name: string, port: Port): HttpRoute {
  return {
    name,
    match: [{ gateways: ['mesh'], port: port.port }],
    route: stableRoute(scope, routing, port),
    ...policies(routing),
  };
}

/** Where requests go when no release goes on: split for a canary, to the one Service that is switched or has all pods for the others. */
function stableRoute(scope: ServiceScope, routing: IstioRouting, port: Port): Destinations {
  if (scope.service.strategy.kind !== 'canary') return [{ destination: destination(scope, '', port) }];
  const stable =
    routing.splitting === 'subset'
      ? { ...destination(scope, '', port, STABLE_SUBSET) }
      : destination(scope, '-stable', port);
  return [
    { destination: stable, weight: 100 },
    { destination: newVersion(scope, routing, port), weight: 0 },
  ];
}

/** The canary, or the preview. */
function newVersion(scope: ServiceScope, routing: IstioRouting, port: Port) {
  if (scope.service.strategy.kind === 'blueGreen') return destination(scope, '-preview', port);
  return routing.splitting === 'subset'
    ? destination(scope, '', port, CANARY_SUBSET)
    : destination(scope, '-canary', port);
}

function policies({ timeoutSeconds, retries }: IstioRouting): Pick<HttpRoute, 'timeout' | 'retries'> {
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
