import type { Gate, GateKind } from '../../../lib/catalog/service';
import { HASH_LABEL, type ServiceScope } from '../../names';

/** The arg by which a query is told the canary's pod-template-hash; the Rollout passes it to every template. */
export const CANARY_HASH = 'canary-hash';
const HASH = `{{args.${CANARY_HASH}}}`;

/** Prometheus' name of the pod label that tells the versions apart. */
const HASH_SERIES_LABEL = HASH_LABEL.replaceAll('-', '_');

type Query = (gate: Gate, scope: ServiceScope) => string;

/**
 * The PromQL of each kind of gate. Each looks at the canary's pods only, gives one number, and gives no series at all
 * when the answer is not known: nothing scraped, no pod yet, too few requests. A kind without a query does not compile.
 */
export const GATE_QUERIES: { readonly [Kind in GateKind]: Query } = {
  readyPods: (_gate, scope) =>
    // Against the pods that the ReplicaSet wants, so that pods which were never created count as not ready.
    `(sum(kube_pod_status_ready{${pods(scope)},condition="true"}) or on() vector(0)) / sum(kube_replicaset_spec_replicas{${replicaSet(scope)}} > 0)`,
  restarts: (_gate, scope) => `sum(kube_pod_container_status_restarts_total{${pods(scope)}})`,
  cpu: (gate, scope) =>
    `sum(rate(container_cpu_usage_seconds_total{${ownContainer(scope)}}[${gate.windowSeconds}s])) / sum(kube_pod_container_resource_${gate.of}{${ownContainer(scope)},resource="cpu"})`,
  memory: (gate, scope) =>
    `sum(container_memory_working_set_bytes{${ownContainer(scope)}}) / sum(kube_pod_container_resource_${gate.of}{${ownContainer(scope)},resource="memory"})`,
  errorRate: (gate, scope) => ifEnough(gate, scope, `${failures(gate, scope)} / ${requests(gate, scope)}`),
  successRate: (gate, scope) => ifEnough(gate, scope, `1 - ${failures(gate, scope)} / ${requests(gate, scope)}`),
  latency: (gate, scope) =>
    ifEnough(
      gate,
      scope,
      `histogram_quantile(${gate.quantile}, sum by (le) (rate(istio_request_duration_milliseconds_bucket{${proxy(scope)}}[${gate.windowSeconds}s]))) / 1000`,
    ),
  query: (gate) => gate.query,
};

/** Series of kube-state-metrics and cAdvisor carry no pod labels; a pod of a Rollout is `<name>-<hash>-<suffix>` (B13). */
const pods = ({ environment, service }: ServiceScope) =>
  `namespace="${environment.namespace}",pod=~"${service.name}-${HASH}-.*"`;
const replicaSet = ({ environment, service }: ServiceScope) =>
  `namespace="${environment.namespace}",replicaset="${service.name}-${HASH}"`;
const ownContainer = (scope: ServiceScope) => `${pods(scope)},container="${scope.service.name}"`;

/**
 * What the canary's own proxies have seen: also the 503 of an application that crashes behind its proxy, which the
 * application's own metrics never show (B4).
 */
const proxy = ({ environment, service }: ServiceScope) =>
  `reporter="destination",destination_workload_namespace="${environment.namespace}",destination_workload="${service.name}",${HASH_SERIES_LABEL}="${HASH}"`;

const requests = (gate: Gate, scope: ServiceScope) =>
  `sum(rate(istio_requests_total{${proxy(scope)}}[${gate.windowSeconds}s]))`;

/** gRPC answers 200 and says in its status that it failed: unknown, deadline exceeded, internal, unavailable, data loss. */
const GRPC_FAILURES = '2|4|13|14|15';

function failures(gate: Gate, scope: ServiceScope): string {
  const rate = (matcher: string) => `rate(istio_requests_total{${proxy(scope)},${matcher}}[${gate.windowSeconds}s])`;
  const failed = rate('response_code=~"5..|0"');
  const grpc = scope.service.routing.port.protocol === 'grpc';
  // No series at all is no failure: the denominator tells whether there was anything to see.
  return `(sum(${grpc ? `${failed} or ${rate(`grpc_response_status=~"${GRPC_FAILURES}"`)}` : failed}) or on() vector(0))`;
}

/** The value, or no series when the canary has served fewer requests within the window than the gate wants (P25). */
function ifEnough(gate: Gate, scope: ServiceScope, value: string): string {
  return `(${value}) and on() sum(increase(istio_requests_total{${proxy(scope)}}[${gate.windowSeconds}s])) >= ${gate.minRequests}`;
}
