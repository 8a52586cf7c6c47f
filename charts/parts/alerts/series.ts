import type { WorkloadScope } from '../../names';
import { requestSeries } from '../gates/requests';

/**
 * The metrics that alerts and dashboards ask for, as these versions tell them: Argo Rollouts 1.9.1
 * controller/metrics/{rollouts,analysis}.go, Argo CD 3.5.1 controller/metrics/metrics.go, kube-state-metrics docs/metrics.
 */

/** The phases of rollout_info (Argo Rollouts 1.9.1, calculatePhase). */
export type Phase = 'InvalidSpec' | 'Completed' | 'Progressing' | 'Paused' | 'Timeout' | 'Error' | 'Abort';

/**
 * A metric of the Argo Rollouts controller about things in the environment's namespace. Scraped without honorLabels it
 * carries that namespace as exported_namespace, and the controller's own as namespace.
 */
export function ofController(metric: string, { environment }: WorkloadScope, matchers: string, offset = ''): string {
  const series = (label: string) => `${metric}{${label}="${environment.namespace}",${matchers}}${offset}`;
  return `(${series('namespace')} or ${series('exported_namespace')})`;
}

/** The phase of a Rollout under one name for all that ask for it: recorded in the group of its alerts, before them. */
export const PHASE_SERIES = 'cutover:rollout_phase';

/** What is recorded under that name. */
export const recordedPhase = (scope: WorkloadScope): string =>
  `max by (phase) ${ofController('rollout_info', scope, `name="${scope.service.name}"`)}`;

/** A series while the Rollout is in one of the phases; it has one phase at a time, and one series. */
export const inPhase = ({ environment, service }: WorkloadScope, ...phases: readonly Phase[]): string =>
  `max(${PHASE_SERIES}{namespace="${environment.namespace}",service="${service.name}",phase=~"${phases.join('|')}"}) > 0`;

/** Narrows what stands before it to the time of a release. A pod of the stable version that is lost makes a Rollout Progressing too. */
export const duringRelease = (scope: WorkloadScope): string => `and on() (${inPhase(scope, 'Progressing', 'Paused')})`;

/** The same, and afterwards until a release that was stopped is taken back in Git. */
export const duringStop = (scope: WorkloadScope): string =>
  `and on() (${inPhase(scope, 'Progressing', 'Paused', 'Abort')})`;

/** A ReplicaSet of a Rollout is `<name>-<hash>`, and a pod `<name>-<hash>-<suffix>` (B13). */
export const podsOf = ({ environment, service }: WorkloadScope): string =>
  `namespace="${environment.namespace}",pod=~"${service.name}-[a-z0-9]+-[a-z0-9]+"`;
export const replicaSetsOf = ({ environment, service }: WorkloadScope): string =>
  `namespace="${environment.namespace}",replicaset=~"${service.name}-[a-z0-9]+"`;

/** Series about pods, with the ReplicaSet of each. */
export const withReplicaSet = (vector: string): string =>
  `label_replace(${vector}, "replicaset", "$1", "pod", "(.+)-[a-z0-9]+")`;

/**
 * Takes away the versions that had ready pods so many minutes ago. Before a release those are the stable one, so that what is left
 * is the canary's; no metric tells which of two ReplicaSets is the canary.
 */
export const notServingBefore = (scope: WorkloadScope, minutes: number): string =>
  `unless on(replicaset) (kube_replicaset_status_ready_replicas{${replicaSetsOf(scope)}} offset ${minutes}m > 0)`;

/** Requests a second by version; undefined where none are measured. */
export function requestsByVersion(scope: WorkloadScope, window: string): string | undefined {
  const series = requestSeries(scope);
  return series && `sum by (rollouts_pod_template_hash) (rate(${series}[${window}]))`;
}
