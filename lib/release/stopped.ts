import type { ClusterState } from './cluster-state';
import type { ReplicaSetFacts } from './read/replica-set';

type Known = Pick<ClusterState, 'rollout' | 'replicaSets' | 'analysisRuns' | 'events'>;

/**
 * Why a version did not come through, as far as the cluster still tells it; undefined where nothing does. A gate that failed is told by
 * its AnalysisRun for as long as that is kept; an abort, by hand too, by an event (Argo Rollouts 1.9.1, rollout/sync.go, RolloutAborted),
 * which API servers keep for an hour; and a release of an older version after it, by the revisions that a ReplicaSet had before
 * (utils/annotations/annotations.go, RevisionHistoryAnnotation).
 */
export function stopOf(set: ReplicaSetFacts, state: Known): string | undefined {
  return failedAnalysis(set, state) ?? abortEvent(set, state) ?? wentBack(set, state);
}

function failedAnalysis({ hash }: ReplicaSetFacts, { analysisRuns }: Known): string | undefined {
  const failed = analysisRuns.findLast((run) => run.hash === hash && (run.phase === 'Failed' || run.phase === 'Error'));
  return failed && (failed.message ?? `AnalysisRun ${failed.name} ${failed.phase}`);
}

const ABORTED = /^Rollout aborted update to revision (\d+)(?::|$)/;

function abortEvent({ revision, earlierRevisions }: ReplicaSetFacts, { events, rollout }: Known): string | undefined {
  const own = [revision, ...earlierRevisions];
  return events.find(({ kind, name, reason, message }) => {
    const [, aborted] = ABORTED.exec(message) ?? [];
    return kind === 'Rollout' && name === rollout.name && reason === 'RolloutAborted' && own.includes(Number(aborted));
  })?.message;
}

function wentBack({ revision = 0 }: ReplicaSetFacts, { replicaSets }: Known): string | undefined {
  const later = replicaSets.find(
    (one) => (one.revision ?? 0) > revision && one.earlierRevisions.some((earlier) => earlier < revision),
  );
  return later && `revision ${later.revision} went back to an older version`;
}
