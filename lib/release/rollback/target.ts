import { type ClusterState, inProgress, replicaSetOf } from '../cluster-state';
import type { ReplicaSetFacts } from '../read/replica-set';
import { type GitVersion, isRenderedFrom } from './git-version';
import { same } from './merge';

/** The commit to go back to, and how it is known that it was healthy. */
export interface Target {
  readonly version: GitVersion;
  readonly because: string;
  /** Its pods in the cluster, where they were found. */
  readonly replicaSet: ReplicaSetFacts | undefined;
}

/**
 * The last commit whose pods were healthy. The cluster tells: the stable version while another one is on its way or was aborted,
 * else the newest earlier ReplicaSet of which no analysis failed. Without a cluster it is the version before, healthy or not.
 */
export function targetOf(versions: readonly GitVersion[], state: ClusterState | undefined): Target | undefined {
  const [head] = versions;
  if (head === undefined) return undefined;
  for (const set of state === undefined ? [] : healthySets(state)) {
    const found = commitOf(set, versions.slice(1));
    if (found === undefined || same(found.version.template, head.template)) continue;
    const how =
      found.how === 'whole' ? '' : ' (found by its image only: fields that the API server has changed differ)';
    return { version: found.version, because: `${whyHealthy(set, state)}${how}`, replicaSet: set };
  }
  const before = versions.slice(1).find((one) => one.template !== undefined && !same(one.template, head.template));
  if (before === undefined) return undefined;
  const because = 'it is the version before by Git; nothing tells whether it was healthy';
  return { version: before, because, replicaSet: undefined };
}

/** A commit that somebody named. */
export function namedTarget(version: GitVersion, state: ClusterState | undefined): Target {
  const replicaSet = state?.replicaSets.find((set) => isRenderedFrom(set, version) !== 'no');
  return { version, because: 'it was named (--to)', replicaSet };
}

function healthySets(state: ClusterState): readonly ReplicaSetFacts[] {
  const { rollout, replicaSets, analysisRuns } = state;
  const stable = replicaSetOf(state, rollout.stableHash);
  if (inProgress(rollout)) return stable === undefined ? [] : [stable];
  const failed = new Set(
    analysisRuns.filter(({ phase }) => ['Failed', 'Error', 'Inconclusive'].includes(phase)).map(({ hash }) => hash),
  );
  return replicaSets
    .filter(({ hash, experiment }) => hash !== rollout.stableHash && !experiment && !failed.has(hash))
    .sort((a, b) => (b.revision ?? 0) - (a.revision ?? 0));
}

const whyHealthy = ({ revision, hash }: ReplicaSetFacts, state: ClusterState | undefined): string =>
  hash === state?.rollout.stableHash
    ? `its pods are the stable version of the cluster (revision ${revision})`
    : `revision ${revision} of the cluster has its pods, and no analysis of it failed`;

/** The newest commit that rendered the pods of a ReplicaSet; the whole template tells better than the image. */
function commitOf(
  set: ReplicaSetFacts,
  versions: readonly GitVersion[],
): { readonly version: GitVersion; readonly how: 'whole' | 'image' } | undefined {
  for (const how of ['whole', 'image'] as const) {
    const version = versions.find((one) => isRenderedFrom(set, one) === how);
    if (version !== undefined) return { version, how };
  }
  return undefined;
}
