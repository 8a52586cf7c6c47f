import { type ClusterState, inProgress, replicaSetOf } from './cluster-state';
import type { PodFacts } from './read/pod';

/** One version of a service in the cluster. */
export interface VersionState {
  /** `rollouts-pod-template-hash` of its pods. */
  readonly hash: string;
  readonly revision: number | undefined;
  readonly images: readonly string[];
  readonly pods: PodCounts;
}

export interface PodCounts {
  readonly desired: number;
  readonly ready: number;
  readonly notReady: number;
  /** Pods on their way out. */
  readonly leaving: number;
  readonly restarts: number;
}

/** The stable version, the new one where a release is under way or was aborted, and what is left of others. */
export interface Versions {
  readonly stable: VersionState | undefined;
  readonly canary: VersionState | undefined;
  readonly others: number;
}

export function versionsOf(state: ClusterState): Versions {
  const { rollout } = state;
  const stable = versionOf(state, rollout.stableHash);
  const canary = inProgress(rollout) ? versionOf(state, rollout.currentHash) : undefined;
  const others = state.pods.filter(({ hash }) => hash !== rollout.stableHash && hash !== rollout.currentHash).length;
  return { stable, canary, others };
}

function versionOf(state: ClusterState, hash: string): VersionState | undefined {
  if (hash === '') return undefined;
  const set = replicaSetOf(state, hash);
  const pods = podsOf(state, hash);
  const own = state.rollout.currentHash === hash ? state.rollout.containers.map(({ image }) => image) : [];
  return {
    hash,
    revision: set?.revision,
    images: set === undefined || set.images.length === 0 ? own : set.images,
    pods: {
      desired: set?.desired ?? 0,
      ready: pods.filter(({ ready, leaving }) => ready && !leaving).length,
      notReady: pods.filter(({ ready, leaving }) => !ready && !leaving).length,
      leaving: pods.filter(({ leaving }) => leaving).length,
      restarts: pods.reduce((sum, { restarts }) => sum + restarts, 0),
    },
  };
}

/** The pods of a version; those of the same hash that a Rollout beside this one has do not count. */
export function podsOf({ pods, replicaSets }: ClusterState, hash: string): readonly PodFacts[] {
  const names = new Set(replicaSets.filter((one) => one.hash === hash).map(({ name }) => name));
  return pods.filter((pod) => pod.hash === hash && (pod.replicaSet === undefined || names.has(pod.replicaSet)));
}
