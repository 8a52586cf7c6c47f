import { countsRequests } from '../../../lib/catalog/gate-kinds';
import type { Gate, GateKind } from '../../../lib/catalog/service';
import type { ServiceScope, WorkloadScope } from '../../names';
import { canaryRequests, experimentRequests, type RequestQueries, workloadRequests } from './requests';
import type { GateUse } from './use';

/** The args by which a query is told the pod-template-hash of the canary and, in an experiment, of the baseline. */
export const CANARY_HASH = 'canary-hash';
export const BASELINE_HASH = 'baseline-hash';
export const STABLE_HASH = 'stable-hash';

/** Whether a gate is asked about the canary and the stable version beside it. */
export const comparesWithStable = (gate: Gate, { service }: ServiceScope, use: GateUse): boolean =>
  gate.relative && countsRequests(gate.kind) && use !== 'experiment' && service.strategy.kind === 'canary';

const HASH = `{{args.${CANARY_HASH}}}`;

type Query = (gate: Gate, scope: ServiceScope, requests: RequestQueries) => string;

/**
 * The PromQL of each kind of gate. Each looks at the canary's pods only, gives one number, and gives no series at all
 * when the answer is not known: nothing scraped, no pod yet, too few requests. A kind without a query does not compile.
 */
const GATE_QUERIES: { readonly [Kind in GateKind]: Query } = {
  readyPods: (_gate, scope) =>
    // Against the pods that the ReplicaSet wants, so that pods which were never created count as not ready.
    `(sum(kube_pod_status_ready{${pods(scope)},condition="true"}) or on() vector(0)) / sum(kube_replicaset_spec_replicas{${replicaSet(scope)}} > 0)`,
  restarts: (_gate, scope) => `sum(kube_pod_container_status_restarts_total{${pods(scope)}})`,
  cpu: (gate, scope) =>
    `sum(rate(container_cpu_usage_seconds_total{${ownContainer(scope)}}[${gate.windowSeconds}s])) / sum(kube_pod_container_resource_${gate.of}{${ownContainer(scope)},resource="cpu"})`,
  memory: (gate, scope) =>
    `sum(container_memory_working_set_bytes{${ownContainer(scope)}}) / sum(kube_pod_container_resource_${gate.of}{${ownContainer(scope)},resource="memory"})`,
  errorRate: (gate, _scope, { failures, requests, ifEnough }) =>
    ifEnough(gate, `${failures(gate)} / ${requests(gate)}`),
  successRate: (gate, _scope, { failures, requests, ifEnough }) =>
    ifEnough(gate, `1 - ${failures(gate)} / ${requests(gate)}`),
  latency: (gate, _scope, { latency, ifEnough }) => ifEnough(gate, latency(gate)),
  query: (gate) => gate.query,
};

/** The query of a gate where it is used; a relative one takes away what the stable version, the baseline or the control gives. */
export function gateQuery(gate: Gate, scope: WorkloadScope, use: GateUse): string {
  const ask = GATE_QUERIES[gate.kind];
  const experiment = use === 'experiment';
  const own = ask(
    gate,
    scope,
    experiment ? experimentRequests(scope, CANARY_HASH) : canaryRequests(scope, CANARY_HASH),
  );
  if (!gate.relative || !countsRequests(gate.kind)) return own;
  const control = scope.service.strategy.kind === 'rolling' ? scope.service.strategy.comparedWith : undefined;
  const other = experiment
    ? experimentRequests(scope, BASELINE_HASH)
    : comparesWithStable(gate, scope, use)
      ? canaryRequests(scope, STABLE_HASH)
      : workloadRequests(scope, control ?? scope.service.name);
  return difference(own, ask(gate, scope, other));
}

/** The same between two whole workloads, whatever versions they run: what an alert asks while an A/B test lasts. */
export function comparison(gate: Gate, scope: WorkloadScope, control: string): string {
  const ask = GATE_QUERIES[gate.kind];
  return difference(
    ask(gate, scope, workloadRequests(scope, scope.service.name)),
    ask(gate, scope, workloadRequests(scope, control)),
  );
}

/** No series when one of the two has no answer. */
const difference = (own: string, other: string): string => `(${own}) - (${other})`;

/** Series of kube-state-metrics and cAdvisor carry no pod labels; a pod of a Rollout is `<name>-<hash>-<suffix>` (B13). */
const pods = ({ environment, service }: ServiceScope) =>
  `namespace="${environment.namespace}",pod=~"${service.name}-${HASH}-${suffixOf(service)}"`;

/** The pods of an experiment are called after the canary too, with more dashes: `<name>-<hash>-<revision>-<step>-…`. */
const suffixOf = ({ strategy }: ServiceScope['service']): string =>
  strategy.kind === 'canary' && strategy.steps.some((step) => step.kind === 'experiment') ? '[a-z0-9]+' : '.*';

const replicaSet = ({ environment, service }: ServiceScope) =>
  `namespace="${environment.namespace}",replicaset="${service.name}-${HASH}"`;
const ownContainer = (scope: ServiceScope) => `${pods(scope)},container="${scope.service.name}"`;
