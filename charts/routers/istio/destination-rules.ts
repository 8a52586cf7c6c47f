import type { ManifestOf } from '@cdk8s/imports/wire';
import type { IstioRouting } from '../../../lib/catalog/service';
import { releaseServices } from '../../../lib/catalog/workload-names';
import {
  CANARY_SUBSET,
  clusterHost,
  metadataOf,
  pruning,
  type ServiceScope,
  STABLE_SUBSET,
  selectorOf,
  WAVES,
  wave,
} from '../../names';
import { workloadsOf } from '../../strategies/workloads';

type DestinationRule = ManifestOf<'networking.istio.io/v1/DestinationRule'>;

/**
 * How proxies speak with each host that a route leads to: the whole service, or each Service beside it. A variant has its
 * own, because the subsets of a rule that a Rollout owns belong to its two versions only (P3).
 */
export function destinationRules(scope: ServiceScope, routing: IstioRouting): readonly DestinationRule[] {
  const { strategy } = scope.service;
  const [own, ...variants] = workloadsOf(scope);
  return [
    ...(own === undefined ? [] : [withSubsets(own, routing)]),
    ...variants.map((workload) => rule(workload, '', routing, pruning(workload))),
    ...Object.values(releaseServices(strategy, routing)).map((suffix) => rule(scope, suffix, routing, {})),
  ];
}

/**
 * The controller adds the hash of each version to the labels, which is why it is never written here (P4). The subsets stay
 * when nothing is split by them: a route that still names one while the strategy is changed would fail (P11).
 */
function withSubsets(scope: ServiceScope, routing: IstioRouting): DestinationRule {
  const subset = (name: string) => ({ name, labels: selectorOf(scope.service) });
  const { spec, ...rest } = rule(scope, '', routing, {});
  return { ...rest, spec: { ...spec, subsets: [subset(CANARY_SUBSET), subset(STABLE_SUBSET)] } };
}

function rule(
  scope: ServiceScope,
  suffix: string,
  routing: IstioRouting,
  annotations: Readonly<Record<string, string>>,
): DestinationRule & { readonly spec: NonNullable<DestinationRule['spec']> } {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: metadataOf(scope, suffix, { ...wave(WAVES.destinationRule), ...annotations }),
    spec: { host: clusterHost(scope, suffix), trafficPolicy: trafficPolicy(routing) },
  };
}

function trafficPolicy({ connectionPool, loadBalancer, outlierDetection }: IstioRouting) {
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
