import { type ClusterState, inProgress, isObserved, replicaSetOf } from '../cluster-state';
import type { Expected } from '../expected';
import { gatesOf } from '../gates';
import { inCatalogWords } from '../invalid-spec';
import type { ReplicaSetFacts } from '../read/replica-set';
import type { RolloutFacts } from '../read/rollout';
import { type PausedBy, type Reason, reason } from '../reasons';
import { describeStep } from '../steps';
import { weightOf } from '../weight';

/** What the controller itself waits for, or refuses. */
export function controllerHolds(state: ClusterState, expected: Expected): readonly Reason[] {
  const { rollout } = state;
  if (!isObserved(rollout)) {
    const message = 'the controller has not yet looked at the last change of the Rollout';
    return [reason('notObserved', false, message, 'wait; if it stays so, see whether argo-rollouts runs')];
  }
  return [
    ...invalidSpec(rollout, expected),
    ...pauses(rollout),
    ...gateHolds(state),
    ...destinationRuleSwitch(state),
    ...deadline(state),
    ...weights(state),
  ];
}

function invalidSpec(rollout: RolloutFacts, { service }: Expected): readonly Reason[] {
  const condition = rollout.conditions.find(({ type, status }) => type === 'InvalidSpec' && status === 'True');
  if (condition === undefined) return [];
  const { path, words, next } = inCatalogWords(service, condition.message, rollout);
  return [reason('invalidSpec', true, `${path === undefined ? '' : `${path}: `}${words}`, next)];
}

const PAUSES: Readonly<Record<string, PausedBy>> = {
  CanaryPauseStep: 'step',
  InconclusiveAnalysisRun: 'inconclusiveAnalysis',
  InconclusiveExperiment: 'inconclusiveAnalysis',
  BlueGreenPause: 'promotion',
};

/** Pauses that end by themselves hold nothing up. */
function pauses(rollout: RolloutFacts): readonly Reason[] {
  const found: Reason[] = [];
  const add = (by: PausedBy, message: string, next: string) =>
    found.push(reason('paused', true, message, next, { by }));
  if (rollout.pausedByUser) add('user', 'somebody has paused the Rollout (spec.paused)', 'resume it');
  for (const { reason: word } of rollout.pauses) {
    const by = PAUSES[word];
    const step = rollout.steps[rollout.stepIndex ?? 0];
    if (by === 'inconclusiveAnalysis')
      add(by, 'an analysis could not decide, so the release is paused', 'look at the gate; then promote or abort');
    if (by === 'promotion' && !rollout.promotesItself)
      add(by, 'the preview waits for its promotion', 'try the preview; then promote or abort');
    if (by === 'step' && step?.kind === 'pause' && step.durationSeconds === undefined)
      add(by, `step ${(rollout.stepIndex ?? 0) + 1}, ${describeStep(step)}`, 'promote it, or abort');
  }
  return found;
}

function gateHolds(state: ClusterState): readonly Reason[] {
  return gatesOf(state)
    .filter(({ decides }) => decides)
    .flatMap(({ name, verdict, why, run }) => {
      const message = `gate ${name}: ${why} (AnalysisRun ${run})`;
      if (verdict === 'failed' || verdict === 'error')
        return [reason('gateFailed', false, message, 'correct the fault and release it under a new version')];
      if (verdict === 'inconclusive')
        return [reason('analysisInconclusive', false, message, 'look at what it measures; then promote or abort')];
      return [];
    });
}

/** ReplicaSets that have to be available before the controller goes on (1.9.1, shouldDelayDestinationRuleUpdate). */
function unavailable(state: ClusterState): readonly ReplicaSetFacts[] {
  const { rollout } = state;
  return [rollout.currentHash, rollout.stableHash]
    .flatMap((hash) => replicaSetOf(state, hash) ?? [])
    .filter(
      ({ desired, available, hash }) => available < desired && !(rollout.aborted && hash === rollout.currentHash),
    );
}

/** Splitting by subsets: until every pod is available the controller returns early (B2). */
function destinationRuleSwitch(state: ClusterState): readonly Reason[] {
  const { destinationRule, services } = state.rollout;
  if (destinationRule === undefined || services.canary !== undefined || services.stable !== undefined) return [];
  if (!inProgress(state.rollout)) return [];
  return unavailable(state).map(({ name, available, desired }) =>
    reason(
      'waitingForDestinationRuleSwitch',
      false,
      `${available} of ${desired} pods of ReplicaSet ${name} are available; until all are, the controller moves no weight and looks at no deadline`,
      'wait until the deadline that is told here; then abort',
    ),
  );
}

/** Seconds without progress after which a release is late, though the controller may not say so (B2, B3). */
function deadline(state: ClusterState): readonly Reason[] {
  const { rollout, now } = state;
  if (rollout.aborted || rollout.pausedByUser || rollout.pauses.length > 0) return [];
  const late = unavailable(state);
  if (!inProgress(rollout) || late.length === 0) return [];
  const progressing = rollout.conditions.find(({ type }) => type === 'Progressing');
  const created = replicaSetOf(state, rollout.currentHash)?.createdAt;
  const since = Math.max(progressing?.updatedAt ?? 0, created ?? 0);
  const over = Math.round((now - since) / 1000) - rollout.progressDeadlineSeconds;
  if (since === 0 || over < 0) return [];
  const sets = late.map(({ name, available, desired }) => `${name} has ${available} of ${desired} pods`).join(', ');
  const message = `no progress for ${over + rollout.progressDeadlineSeconds} s, and the deadline is ${rollout.progressDeadlineSeconds} s: ${sets}`;
  return [reason('deadlinePassed', true, message, 'abort the release: traffic goes back to the stable pods')];
}

function weights(state: ClusterState): readonly Reason[] {
  const weight = weightOf(state);
  if (weight?.set === undefined || weight.routed === undefined || weight.set === weight.routed) return [];
  const message = `the controller set ${weight.set} % for the new version, the ${weight.router} has ${weight.routed} %`;
  return [
    reason('weightsDiffer', false, message, 'it repairs that within a second; if it stays, see who else writes it'),
  ];
}
