import { type ClusterState, inProgress, isObserved, type Unread } from './cluster-state';
import type { Expected } from './expected';
import { type Gate, gatesOf } from './gates';
import { controllerHolds } from './holds/controller';
import { gitHolds } from './holds/git';
import { podHolds } from './holds/pods';
import type { ApplicationFacts } from './read/application';
import type { JobFacts } from './read/job';
import type { Reason } from './reasons';
import { type StepSeconds, type StepState, stepOf, type TimeLeft, timeLeftOf } from './steps';
import { type Versions, versionsOf } from './versions';
import { type WeightState, weightOf } from './weight';

/** What becomes of a release, in one word. */
export const VERDICTS = ['promoted', 'aborted', 'degraded', 'progressing', 'stuck', 'unknown'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Everything that is known of a release at one moment. */
export interface ReleaseState {
  readonly verdict: Verdict;
  /** In the words of Argo Rollouts: Healthy, Progressing, Paused or Degraded. */
  readonly phase: string;
  readonly message: string;
  readonly revision: number | undefined;
  readonly versions: Versions;
  readonly step: StepState | undefined;
  readonly weight: WeightState | undefined;
  readonly gates: readonly Gate[];
  readonly timeLeft: TimeLeft | undefined;
  /** What holds the release up, what is decisive first. */
  readonly reasons: readonly Reason[];
  readonly application: Pick<ApplicationFacts, 'name' | 'sync' | 'health' | 'revision' | 'syncing'> | undefined;
  readonly migrations: readonly Pick<JobFacts, 'name' | 'state' | 'message'>[];
  readonly unread: readonly Unread[];
}

/** What is known of a release from what the cluster holds, and from what should run. */
export function releaseState(state: ClusterState, expected: Expected, planned: StepSeconds = []): ReleaseState {
  const { rollout } = state;
  const reasons = holdsOf(state, expected);
  const verdict = verdictOf(state, reasons);
  return {
    verdict,
    phase: phaseOf(state),
    message: rollout.message,
    revision: rollout.revision,
    versions: versionsOf(state),
    step: stepOf(rollout),
    weight: weightOf(state),
    gates: gatesOf(state),
    timeLeft: timeLeftOf(state, planned),
    reasons,
    application: shortApplication(state.application),
    migrations: state.migrations.map(({ name, state: job, message }) => ({ name, state: job, message })),
    unread: state.unread,
  };
}

/** Pods matter while their version is on its way; a stable version that fails is an incident, but no release. */
function holdsOf(state: ClusterState, expected: Expected): readonly Reason[] {
  const moving = inProgress(state.rollout) && isObserved(state.rollout) && !state.rollout.aborted;
  const all = [...controllerHolds(state, expected), ...(moving ? podHolds(state) : []), ...gitHolds(state, expected)];
  return [...all.filter(({ blocking }) => blocking), ...all.filter(({ blocking }) => !blocking)];
}

/** The phase that clients should show (1.9.1, utils/rollout/rolloututil.go, GetRolloutPhase). */
function phaseOf({ rollout }: ClusterState): string {
  if (!isObserved(rollout) || (rollout.controllerPause && rollout.pauses.length === 0)) return 'Progressing';
  return rollout.phase === '' ? 'Unknown' : rollout.phase;
}

function verdictOf(state: ClusterState, reasons: readonly Reason[]): Verdict {
  const { rollout } = state;
  if (!isObserved(rollout)) return 'progressing';
  if (rollout.aborted && inProgress(rollout)) return 'aborted';
  if (reasons.some(({ blocking }) => blocking)) return 'stuck';
  switch (phaseOf(state)) {
    case 'Degraded':
      return 'degraded';
    case 'Healthy':
      return inProgress(rollout) || reasons.some(({ kind }) => kind === 'otherVersion') ? 'progressing' : 'promoted';
    case 'Progressing':
    case 'Paused':
      return 'progressing';
    default:
      return 'unknown';
  }
}

function shortApplication(application: ApplicationFacts | undefined): ReleaseState['application'] {
  if (application === undefined) return undefined;
  const { name, sync, health, revision, syncing } = application;
  return { name, sync, health, revision, syncing };
}
