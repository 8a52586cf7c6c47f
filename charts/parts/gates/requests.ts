import type { Gate, RequestMetrics } from '../../../lib/catalog/service';
import { HASH_LABEL, type ServiceScope } from '../../names';

/** The parts of which queries about requests are made, for the pods of one side. */
export interface RequestQueries {
  readonly requests: (gate: Gate) => string;
  readonly failures: (gate: Gate) => string;
  /** In seconds. */
  readonly latency: (gate: Gate) => string;
  /** The value, or no series when fewer requests were served within the window than the gate wants (P25). */
  readonly ifEnough: (gate: Gate, value: string) => string;
}

/** Prometheus' name of the pod label that tells the versions apart. */
const HASH_SERIES_LABEL = HASH_LABEL.replaceAll('-', '_');
const hashIs = (arg: string) => `${HASH_SERIES_LABEL}="{{args.${arg}}}"`;

/** The pods of one version of a workload. */
export function canaryRequests(scope: ServiceScope, arg: string): RequestQueries {
  const { service, environment } = scope;
  return queries(scope, {
    proxy: `reporter="destination",destination_workload_namespace="${environment.namespace}",destination_workload="${service.name}",${hashIs(arg)}`,
    application: `namespace="${environment.namespace}",${hashIs(arg)}`,
  });
}

/** The pods of one side of an experiment: Istio names their ReplicaSet as the workload, so that the hash alone tells them. */
export function experimentRequests(scope: ServiceScope, arg: string): RequestQueries {
  const { namespace } = scope.environment;
  return queries(scope, {
    proxy: `reporter="destination",destination_workload_namespace="${namespace}",${hashIs(arg)}`,
    application: `namespace="${namespace}",${hashIs(arg)}`,
  });
}

/** All pods of a workload, whatever version they are. */
export const workloadRequests = (scope: ServiceScope, workload: string): RequestQueries =>
  queries(scope, workloadMatchers(scope, workload));

const workloadMatchers = ({ environment: { namespace } }: ServiceScope, workload: string): Matchers => ({
  proxy: `reporter="destination",destination_workload_namespace="${namespace}",destination_workload="${workload}"`,
  application: `namespace="${namespace}",pod=~"${workload}-[a-z0-9]+-[a-z0-9]+"`,
});

/** The counter of all requests to a workload's own pods; undefined where none are measured. */
export function requestSeries(scope: ServiceScope): string | undefined {
  const { name, requestMetrics } = scope.service;
  return requestMetrics && seriesOf(scope, requestMetrics, workloadMatchers(scope, name)).all;
}

/** What chooses the series of either source. */
type Matchers = { readonly [Kind in RequestMetrics['kind']]: string };

function queries(scope: ServiceScope, matchers: Matchers): RequestQueries {
  const series = seriesOf(scope, scope.service.requestMetrics ?? { kind: 'proxy' }, matchers);
  return {
    requests: ({ windowSeconds }) => `sum(rate(${series.all}[${windowSeconds}s]))`,
    // No series at all is no failure: the denominator tells whether there was anything to see.
    failures: ({ windowSeconds }) =>
      `(sum(${series.failed.map((one) => `rate(${one}[${windowSeconds}s])`).join(' or ')}) or on() vector(0))`,
    latency: ({ quantile, windowSeconds }) =>
      `histogram_quantile(${quantile}, sum by (le) (rate(${series.buckets}[${windowSeconds}s])))${series.toSeconds}`,
    ifEnough: ({ windowSeconds, minRequests }, value) =>
      `(${value}) and on() sum(increase(${series.all}[${windowSeconds}s])) >= ${minRequests}`,
  };
}

const seriesOf = ({ service }: ServiceScope, metrics: RequestMetrics, matchers: Matchers): Series =>
  metrics.kind === 'proxy'
    ? proxySeries(matchers.proxy, service.routing.port.protocol === 'grpc')
    : applicationSeries(matchers.application, metrics);

interface Series {
  readonly all: string;
  readonly failed: readonly string[];
  readonly buckets: string;
  /** What turns a bound of the histogram into seconds. */
  readonly toSeconds: string;
}

/** gRPC answers 200 and says in its status that it failed: unknown, deadline exceeded, internal, unavailable, data loss. */
const GRPC_FAILURES = '2|4|13|14|15';

/**
 * What the pods' own proxies have seen: also the 503 of an application that crashes behind its proxy, which the
 * application's own metrics never show (B4).
 */
function proxySeries(matchers: string, grpc: boolean): Series {
  return {
    all: `istio_requests_total{${matchers}}`,
    failed: [
      `istio_requests_total{${matchers},response_code=~"5..|0"}`,
      ...(grpc ? [`istio_requests_total{${matchers},grpc_response_status=~"${GRPC_FAILURES}"}`] : []),
    ],
    buckets: `istio_request_duration_milliseconds_bucket{${matchers}}`,
    toSeconds: ' / 1000',
  };
}

/** What the application says of itself; a pod that cannot answer says nothing, so that restarts should be a gate as well. */
function applicationSeries(
  matchers: string,
  metrics: Extract<RequestMetrics, { readonly kind: 'application' }>,
): Series {
  return {
    all: `${metrics.requests}{${matchers}}`,
    failed: [`${metrics.requests}{${matchers},${metrics.codeLabel}=~"${metrics.failedCodes}"}`],
    buckets: `${metrics.durationBuckets ?? metrics.requests}{${matchers}}`,
    toSeconds: '',
  };
}
