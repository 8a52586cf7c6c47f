import { type ClusterState, inProgress, isObserved } from './cluster-state';
import { runsOf } from './gates';
import type { MetricFacts } from './read/analysis-run';
import type { RolloutFacts, RolloutStep } from './read/rollout';

/** The step that a release is at. */
export interface StepState {
  /** From 1; one more than `of` when all are done. */
  readonly number: number;
  readonly of: number;
  readonly what: string;
}

export function stepOf(rollout: RolloutFacts): StepState | undefined {
  const of = rollout.steps.length;
  if (of === 0) return undefined;
  const index = Math.min(rollout.stepIndex ?? 0, of);
  const step = rollout.steps[index];
  return { number: index + 1, of, what: step === undefined ? 'all steps done' : describeStep(step) };
}

export function describeStep(step: RolloutStep): string {
  switch (step.kind) {
    case 'setWeight':
      return `weight ${step.weight} %`;
    case 'pause':
      return step.durationSeconds === undefined ? 'pause until promoted' : `pause ${step.durationSeconds} s`;
    case 'analysis':
      return `analysis ${step.templates.join(', ')}`;
    case 'other':
      return step.name;
  }
}

/** How long a release still takes, in seconds, and what that is known from. */
export interface TimeLeft {
  readonly seconds: number;
  readonly from: 'plan' | 'steps';
  /** Something in it has no known length, so that it can take longer. */
  readonly atLeast: boolean;
}

/** Seconds that each step takes where a plan says so, by its index. */
export type StepSeconds = readonly (number | undefined)[];

/**
 * What the steps that are left take: pauses by their durations, analyses by their counts and intervals where a run is there
 * to tell. Starting pods takes time too, so this is a lower bound unless a plan knows better.
 */
export function timeLeftOf(state: ClusterState, plan: StepSeconds = []): TimeLeft | undefined {
  const { rollout } = state;
  // A plan of other steps than those of the Rollout, as of another commit, tells nothing.
  const planned = plan.length === rollout.steps.length ? plan : [];
  if (rollout.aborted || !inProgress(rollout) || !isObserved(rollout) || rollout.steps.length === 0) return undefined;
  const index = rollout.stepIndex ?? 0;
  const left = rollout.steps.slice(index).map((step, i) => planned[index + i] ?? secondsOf(step, state));
  const known = left.reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0);
  const spent = Math.min(spentInStep(state), left[0] ?? 0);
  const whole = left.every((seconds) => seconds !== undefined);
  return {
    seconds: Math.max(0, Math.round(known - spent)),
    from: planned.length > 0 ? 'plan' : 'steps',
    atLeast: planned.length === 0 || !whole,
  };
}

function secondsOf(step: RolloutStep, state: ClusterState): number | undefined {
  switch (step.kind) {
    case 'setWeight':
      return 0;
    case 'pause':
      return step.durationSeconds;
    case 'analysis':
      return analysisSeconds(step.templates, state);
    case 'other':
      return undefined;
  }
}

/** An analysis of the same templates takes as long as one that this release has run already. */
function analysisSeconds(templates: readonly string[], state: ClusterState): number | undefined {
  const same = runsOf(state).findLast(({ type, metrics }) => type === 'Step' && metrics.length >= templates.length);
  const lengths = same?.metrics.map(metricSeconds);
  return lengths === undefined || lengths.includes(undefined)
    ? undefined
    : Math.max(0, ...lengths.map((one) => one ?? 0));
}

function metricSeconds({ count, intervalSeconds, initialDelaySeconds }: MetricFacts): number | undefined {
  return count === undefined ? undefined : initialDelaySeconds + (count - 1) * (intervalSeconds ?? 0);
}

function spentInStep({ rollout, now, analysisRuns }: ClusterState): number {
  const pause = rollout.pauses.find(({ reason }) => reason === 'CanaryPauseStep');
  const run = analysisRuns.find(({ name }) => name === rollout.analyses.step?.name);
  const since = pause?.since ?? run?.startedAt;
  return since === undefined ? 0 : Math.max(0, (now - since) / 1000);
}
