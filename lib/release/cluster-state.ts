import type { AnalysisRunFacts } from './read/analysis-run';
import type { ApplicationFacts } from './read/application';
import type { EventFacts } from './read/event';
import type { JobFacts } from './read/job';
import type { PodFacts } from './read/pod';
import type { ReplicaSetFacts } from './read/replica-set';
import type { RolloutFacts } from './read/rollout';
import type { DestinationRuleFacts, RouteFacts } from './read/routing';

/** What was read of one release from the cluster; where something could not be read, the list is empty and `unread` says why. */
export interface ClusterState {
  readonly rollout: RolloutFacts;
  readonly replicaSets: readonly ReplicaSetFacts[];
  readonly pods: readonly PodFacts[];
  readonly analysisRuns: readonly AnalysisRunFacts[];
  readonly events: readonly EventFacts[];
  /** The object in which the weights stand. */
  readonly route: RouteFacts | undefined;
  readonly destinationRule: DestinationRuleFacts | undefined;
  readonly application: ApplicationFacts | undefined;
  readonly migrations: readonly JobFacts[];
  readonly unread: readonly Unread[];
  /** The cluster's time, in milliseconds since 1970. */
  readonly now: number;
}

/** A kind of objects that could not be read, and why. */
export interface Unread {
  readonly resource: string;
  readonly why: string;
}

/** Whether a new version is on its way: the controller has seen it, and it is not yet the stable one. */
export const inProgress = ({ currentHash, stableHash }: RolloutFacts): boolean => currentHash !== stableHash;

/**
 * Whether the controller has seen the spec as it is now (Argo Rollouts 1.9.1, utils/rollout/rolloututil.go, isGenerationObserved).
 */
export const isObserved = ({ generation, observedGeneration }: RolloutFacts): boolean =>
  observedGeneration === undefined || observedGeneration >= generation;

/** The ReplicaSet of a version. */
export const replicaSetOf = ({ replicaSets }: ClusterState, hash: string): ReplicaSetFacts | undefined =>
  hash === '' ? undefined : replicaSets.find((one) => one.hash === hash);
