import { type ClusterState, inProgress, isObserved, replicaSetOf } from './cluster-state';
import type { RolloutFacts } from './read/rollout';
import { describeStep } from './steps';
import { weightOf } from './weight';

export const ACTIONS = ['abort', 'retry', 'promote', 'pause', 'resume'] as const;
export type Action = (typeof ACTIONS)[number];

/**
 * The patches of an action, as the kubectl plugin of Argo Rollouts 1.9.1 makes them (pkg/kubectl-argo-rollouts/cmd). The status
 * goes first; where the server has no status of its own to be patched, `unified` goes to the object instead of `spec`.
 */
export interface Patches {
  readonly status: string | undefined;
  readonly spec: string | undefined;
  readonly unified: string;
}

/** What an action would do, or why it does not fit. */
export type Planned =
  | { readonly kind: 'fits'; readonly patches: Patches; readonly next: readonly string[]; readonly done: string }
  | { readonly kind: 'refused'; readonly why: string; readonly hint: string };

export interface ActionOptions {
  /** `promote`: all that is left, without its gates. */
  readonly full: boolean;
}

/** Every action; a new one does not compile until it is here. */
const PLANS: { readonly [K in Action]: (state: ClusterState, options: ActionOptions) => Planned } = {
  abort: planAbort,
  retry: planRetry,
  promote: planPromote,
  pause: planPause,
  resume: planResume,
};

export const planAction = (action: Action, state: ClusterState, options: ActionOptions): Planned =>
  PLANS[action](state, options);

const both = (patch: string): Patches => ({ status: patch, spec: undefined, unified: patch });
const onlySpec = (patch: string): Patches => ({ status: undefined, spec: patch, unified: patch });
const refused = (why: string, hint: string): Planned => ({ kind: 'refused', why, hint });

const NOTHING_MOVES = 'no release is under way: the version that runs is the one that is asked for';

function planAbort(state: ClusterState): Planned {
  const { rollout } = state;
  if (isObserved(rollout) && !inProgress(rollout)) return refused(NOTHING_MOVES, 'to leave it, use rollback');
  if (rollout.aborted && isObserved(rollout)) return refused('it is aborted already', 'take the commit back: rollback');
  return {
    kind: 'fits',
    patches: both('{"status":{"abort":true}}'),
    done: 'aborted',
    next: [
      ...afterAbort(state),
      'Git still asks for the new version: the Rollout is Degraded until the commit is taken back (rollback)',
    ],
  };
}

function afterAbort(state: ClusterState): readonly string[] {
  const { rollout } = state;
  const stable = imageOf(state, rollout.stableHash);
  if (rollout.strategy === 'blueGreen') return [`${stable} stays active; the preview is taken away`];
  const weight = weightOf(state);
  const share = weight?.routed ?? weight?.set ?? weight?.asked;
  if (!rollout.routed) return [`the pods of the new version are exchanged back to ${stable}`];
  const pods =
    rollout.abortScaleDownDelaySeconds === 0
      ? 'its pods stay until you take them away (abortScaleDownDelaySeconds is 0)'
      : `its pods go after ${rollout.abortScaleDownDelaySeconds} s`;
  const byHost = rollout.services.canary !== undefined && rollout.route?.kind === 'VirtualService';
  return [
    `all requests go to ${stable} at once; the new version has ${share ?? 'some'} % now; ${pods}`,
    ...(byHost ? ['split by Services: some requests may meet the new version for up to 10 s more'] : []),
  ];
}

function planRetry(state: ClusterState): Planned {
  const { rollout } = state;
  if (!rollout.aborted)
    return refused('it is not aborted, so there is nothing to begin again', 'see what it does: status');
  const first = rollout.steps[0];
  const from = first === undefined ? '' : `, from step 1, ${describeStep(first)}`;
  const next = `${imageOf(state, rollout.currentHash)} is released again${from}: the same version as before`;
  return { kind: 'fits', patches: both('{"status":{"abort":false}}'), done: 'retried', next: [next] };
}

function planPromote(state: ClusterState, { full }: ActionOptions): Planned {
  const { rollout } = state;
  if (rollout.aborted) return refused('it is aborted: promoting would move nothing', 'retry begins it again');
  if (isObserved(rollout) && !inProgress(rollout) && !rollout.pausedByUser) return refused(NOTHING_MOVES, 'see status');
  const patches = full ? fullPatches(rollout) : promotePatches(rollout);
  return { kind: 'fits', patches, done: full ? 'fully promoted' : 'promoted', next: afterPromote(state, full) };
}

/** getPatches with `full`. */
function fullPatches(rollout: RolloutFacts): Patches {
  return {
    status: inProgress(rollout) ? '{"status":{"promoteFull":true}}' : undefined,
    spec: rollout.pausedByUser ? UNPAUSE : undefined,
    unified: '{"spec":{"paused":false},"status":{"promoteFull":true}}',
  };
}

const UNPAUSE = '{"spec":{"paused":false}}';
const UNPAUSE_AND_CLEAR = '{"spec":{"paused":false},"status":{"pauseConditions":null}}';

/** getPatches without flags: it clears a pause, or goes to the next step, and never both, except after an inconclusive analysis. */
function promotePatches(rollout: RolloutFacts): Patches {
  const spec = rollout.pausedByUser ? UNPAUSE : undefined;
  const next = nextIndex(rollout);
  const inconclusive = rollout.analyses.step?.status === 'Inconclusive';
  if (inconclusive && rollout.pauses.length > 0 && rollout.controllerPause) {
    const status =
      next === undefined
        ? undefined
        : `{"status":{"pauseConditions":null, "controllerPause":false, "currentStepIndex":${next}}}`;
    return { status, spec, unified: UNPAUSE_AND_CLEAR };
  }
  if (rollout.pauses.length > 0)
    return { status: '{"status":{"pauseConditions":null}}', spec, unified: UNPAUSE_AND_CLEAR };
  if (next === undefined) return { status: undefined, spec, unified: UNPAUSE_AND_CLEAR };
  return {
    status: `{"status":{"pauseConditions":null, "currentStepIndex":${next}}}`,
    spec,
    unified: `{"spec":{"paused":false},"status":{"pauseConditions":null, "currentStepIndex":${next}}}`,
  };
}

/** The step after the one that runs (1.9.1, utils/replicaset/canary.go, GetCurrentCanaryStep). */
function nextIndex({ steps, stepIndex = 0 }: RolloutFacts): number | undefined {
  if (steps.length === 0) return undefined;
  return stepIndex < steps.length ? stepIndex + 1 : stepIndex;
}

function afterPromote(state: ClusterState, full: boolean): readonly string[] {
  const { rollout } = state;
  const image = imageOf(state, rollout.currentHash);
  if (full)
    return [`${image} gets all requests: every step, pause and gate that is left is skipped, and nothing guards that`];
  if (rollout.strategy === 'blueGreen') return [`${image} becomes active`];
  const index = rollout.stepIndex ?? 0;
  const now = rollout.steps[index];
  const then = rollout.steps[index + 1];
  const ends = now === undefined ? '' : `step ${index + 1}, ${describeStep(now)}, ends`;
  const comes = then === undefined ? `${image} gets all requests` : `step ${index + 2} comes: ${describeStep(then)}`;
  const gates = now?.kind === 'analysis' ? ['what its gates would have said is not waited for'] : [];
  return [[ends, comes].filter((text) => text !== '').join('; '), ...gates];
}

function planPause({ rollout }: ClusterState): Planned {
  if (rollout.pausedByUser) return refused('it is paused already (spec.paused)', 'resume goes on');
  const stays = inProgress(rollout)
    ? 'weights stay as they are, and no step begins until it is resumed'
    : 'nothing is under way; the next release does not begin until it is resumed';
  const next = [stays, 'Git does not have this field, so Argo CD leaves it; write down that you have paused it'];
  return { kind: 'fits', patches: onlySpec('{"spec":{"paused":true}}'), done: 'paused', next };
}

function planResume({ rollout }: ClusterState): Planned {
  if (!rollout.pausedByUser) {
    const hint = rollout.pauses.length > 0 ? 'it pauses at a step: promote goes on from there' : 'see status';
    return refused('nobody has paused it (spec.paused is not set)', hint);
  }
  const step = rollout.steps[rollout.stepIndex ?? 0];
  const next =
    step === undefined ? 'it goes on' : `it goes on at step ${(rollout.stepIndex ?? 0) + 1}, ${describeStep(step)}`;
  return { kind: 'fits', patches: onlySpec(UNPAUSE), done: 'resumed', next: [next] };
}

function imageOf(state: ClusterState, hash: string): string {
  const images = replicaSetOf(state, hash)?.images ?? [];
  const own = hash === state.rollout.currentHash ? state.rollout.containers.map(({ image }) => image) : [];
  return (images.length > 0 ? images : own)[0] ?? `version ${hash}`;
}
