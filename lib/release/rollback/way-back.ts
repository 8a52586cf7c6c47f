import { type ClusterState, inProgress, isObserved, replicaSetOf } from '../cluster-state';
import type { ReplicaSetFacts } from '../read/replica-set';

/** How the controller will carry the old version out. */
export interface WayBack {
  readonly kind: 'stable' | 'fast' | 'full' | 'unknown';
  readonly because: string;
}

/**
 * Whether going back skips the steps (Argo Rollouts 1.9.1, rollout/canary.go and rollout/sync.go, isRollbackWithinWindow): the old
 * version is the stable one, or its ReplicaSet is still there, older than the stable one, with fewer others between them than
 * the window has. `identical`: whether the pod template is what it was.
 */
export function wayBackOf(
  state: ClusterState | undefined,
  old: ReplicaSetFacts | undefined,
  identical: boolean,
): WayBack {
  if (state === undefined)
    return { kind: 'unknown', because: 'the cluster was not asked; without a fast way it takes all steps' };
  const { rollout } = state;
  const stable = replicaSetOf(state, rollout.stableHash);
  if (!identical)
    return {
      kind: 'full',
      because: 'what is rendered today differs in the pod template from what ran: all steps and gates',
    };
  if (old === undefined)
    return {
      kind: 'full',
      because: `no ReplicaSet has its pods any more (revisionHistoryLimit ${rollout.revisionHistoryLimit}): all steps and gates`,
    };
  if (old.hash === rollout.stableHash)
    return { kind: 'stable', because: 'it is the stable version, whose pods run: no steps, no gates' };
  if (inProgress(rollout) && isObserved(rollout) && stable !== undefined)
    return { kind: 'full', because: 'it is not the stable version: all steps and gates' };
  return byWindow(state, old, stable);
}

function byWindow(
  { rollout, replicaSets }: ClusterState,
  old: ReplicaSetFacts,
  stable: ReplicaSetFacts | undefined,
): WayBack {
  const size = rollout.rollbackWindowRevisions;
  const [from, to] = [old.createdAt, stable?.createdAt];
  if (size === 0) return { kind: 'full', because: 'there is no rollbackWindow: all steps and gates' };
  if (from === undefined || to === undefined || from >= to)
    return {
      kind: 'full',
      because: 'its ReplicaSet is newer than the stable one, for which no window holds: all steps and gates',
    };
  const between = replicaSets.filter(
    ({ createdAt, experiment }) => !experiment && createdAt !== undefined && createdAt > from && createdAt < to,
  ).length;
  return between < size
    ? {
        kind: 'fast',
        because: `${between} versions between, and the window has ${size}: its pods start, then it gets all requests; no steps, no gates`,
      }
    : { kind: 'full', because: `${between} versions between, and the window has ${size}: all steps and gates` };
}
