import { type ClusterState, inProgress } from './cluster-state';
import type { AnalysisRunFacts } from './read/analysis-run';
import type { ReplicaSetFacts } from './read/replica-set';
import { type GitVersion, imagesIn, isRenderedFrom, versionOf } from './rollback/git-version';
import { stopOf } from './stopped';

/** What became of a version, as far as the cluster still knows. */
export type PastVerdict = 'stable' | 'inProgress' | 'aborted' | 'passed' | 'unknown' | 'onlyInGit';

/** One version of a service that was released, or committed. */
export interface PastRelease {
  readonly revision: number | undefined;
  readonly hash: string | undefined;
  readonly images: readonly string[];
  /** When its pods were first asked for, or when it was committed; ISO 8601. */
  readonly at: string | undefined;
  /** From its first pod to its promotion or its end, where that is known. */
  readonly seconds: number | undefined;
  readonly verdict: PastVerdict;
  readonly why: string;
  /** The commit that rendered its pods. */
  readonly commit: string | undefined;
  readonly subject: string | undefined;
  readonly version: string | undefined;
}

/** The versions that the cluster has, newest first, each with its commit; then those that only Git knows. */
export function historyOf(state: ClusterState | undefined, versions: readonly GitVersion[]): readonly PastRelease[] {
  const sets = [...(state?.replicaSets ?? [])].sort((a, b) => (b.revision ?? 0) - (a.revision ?? 0));
  const used = new Set<string>();
  const inCluster = sets.map((set) => {
    const version = commitOf(set, versions);
    if (version !== undefined) used.add(version.commit);
    return ofReplicaSet(set, version, state);
  });
  return [...inCluster, ...versions.filter(({ commit }) => !used.has(commit)).map(onlyInGit)];
}

const commitOf = (set: ReplicaSetFacts, versions: readonly GitVersion[]): GitVersion | undefined =>
  versions.find((one) => isRenderedFrom(set, one) === 'whole') ??
  versions.find((one) => isRenderedFrom(set, one) === 'image');

function ofReplicaSet(
  set: ReplicaSetFacts,
  version: GitVersion | undefined,
  state: ClusterState | undefined,
): PastRelease {
  const runs = (state?.analysisRuns ?? []).filter(({ hash }) => hash === set.hash);
  return {
    revision: set.revision,
    hash: set.hash,
    images: set.images,
    at: set.createdAt === undefined ? undefined : new Date(set.createdAt).toISOString(),
    seconds: secondsOf(set, runs, state),
    ...verdictOf(set, runs, state),
    commit: version?.commit,
    subject: version?.subject,
    version: version === undefined ? undefined : versionOf(version),
  };
}

function verdictOf(
  set: ReplicaSetFacts,
  runs: readonly AnalysisRunFacts[],
  state: ClusterState | undefined,
): Pick<PastRelease, 'verdict' | 'why'> {
  const { hash } = set;
  const stop = state && stopOf(set, state);
  if (hash === state?.rollout.stableHash) return { verdict: 'stable', why: '' };
  if (state !== undefined && inProgress(state.rollout) && hash === state.rollout.currentHash)
    return state.rollout.aborted ? { verdict: 'aborted', why: stop ?? '' } : { verdict: 'inProgress', why: '' };
  if (stop !== undefined) return { verdict: 'aborted', why: stop };
  return runs.some(({ phase }) => phase === 'Successful')
    ? { verdict: 'passed', why: 'its analyses passed' }
    : { verdict: 'unknown', why: 'no analysis of it is kept' };
}

/** A version that somebody has gone back to has a ReplicaSet that is older than its release: nothing is said of it. */
function secondsOf(
  set: ReplicaSetFacts,
  runs: readonly AnalysisRunFacts[],
  state: ClusterState | undefined,
): number | undefined {
  if (set.createdAt === undefined || set.earlierRevisions.length > 0 || state === undefined) return undefined;
  const completed = state.rollout.conditions.find(({ type, status }) => type === 'Completed' && status === 'True');
  const own = set.hash === state.rollout.currentHash;
  const end = own && !inProgress(state.rollout) ? completed?.updatedAt : runs.at(-1)?.completedAt;
  const ended = own && state.rollout.aborted ? state.rollout.abortedAt : end;
  return ended === undefined || ended < set.createdAt ? undefined : Math.round((ended - set.createdAt) / 1000);
}

const onlyInGit = (version: GitVersion): PastRelease => ({
  revision: undefined,
  hash: undefined,
  images: imagesIn(version.template),
  at: version.date,
  seconds: undefined,
  verdict: 'onlyInGit',
  why: '',
  commit: version.commit,
  subject: version.subject,
  version: versionOf(version),
});
