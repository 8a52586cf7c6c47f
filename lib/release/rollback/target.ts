import { type ClusterState, inProgress, replicaSetOf } from '../cluster-state';
import type { ReplicaSetFacts } from '../read/replica-set';
import { stopOf } from '../stopped';
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
 * else the newest earlier ReplicaSet of which nothing says that it was stopped. Without a cluster it is the version before, healthy
 * or not.
 */
export function targetOf(versions: readonly GitVersion[], state: ClusterState | undefined): Target | undefined {
  const [head] = versions;
  if (head === undefined) return undefined;
  return (state && healthyTarget(versions, head, state)) ?? versionBefore(versions, head);
}

function healthyTarget(versions: readonly GitVersion[], head: GitVersion, state: ClusterState): Target | undefined {
  for (const set of healthySets(state)) {
    const found = commitOf(set, versions.slice(1));
    if (found === undefined || same(found.version.template, head.template)) continue;
    const how =
      found.how === 'whole' ? '' : ' (found by its image only: fields that the API server has changed differ)';
    return { version: found.version, because: `${whyHealthy(set, state)}${how}`, replicaSet: set };
  }
  return undefined;
}

function versionBefore(versions: readonly GitVersion[], head: GitVersion): Target | undefined {
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
  const stable = replicaSetOf(state, state.rollout.stableHash);
  if (inProgress(state.rollout)) return stable === undefined ? [] : [stable];
  return earlierSets(state).filter((set) => whyNot(set, state) === undefined);
}

/** Newest first. */
const earlierSets = ({ rollout, replicaSets }: ClusterState): readonly ReplicaSetFacts[] =>
  replicaSets
    .filter(({ hash, experiment }) => hash !== rollout.stableHash && !experiment)
    .sort((a, b) => (b.revision ?? 0) - (a.revision ?? 0));

function whyNot(set: ReplicaSetFacts, state: ClusterState): string | undefined {
  const inconclusive = state.analysisRuns.find(({ hash, phase }) => hash === set.hash && phase === 'Inconclusive');
  return stopOf(set, state) ?? (inconclusive && `AnalysisRun ${inconclusive.name} was inconclusive`);
}

function whyHealthy(set: ReplicaSetFacts, state: ClusterState): string {
  const { revision, hash } = set;
  if (hash === state.rollout.stableHash) return `its pods are the stable version of the cluster (revision ${revision})`;
  const passed = state.analysisRuns.some((run) => run.hash === hash && run.phase === 'Successful');
  const analyses = passed ? 'its analyses passed' : 'no analysis of it is kept';
  const known = `revision ${revision} of the cluster has its pods, ${analyses}, and no event tells that it was stopped (events are kept for about an hour)`;
  const over = earlierSets(state)
    .filter((one) => (one.revision ?? 0) > (revision ?? 0))
    .flatMap((one) => {
      const why = whyNot(one, state);
      return why === undefined ? [] : [`revision ${one.revision} was passed over: ${why}`];
    });
  return [known, ...over].join('; ');
}

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
