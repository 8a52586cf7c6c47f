import { gateSeconds } from './duration';
import { podsForWeight } from './pod-share';
import type { CanaryStrategy, Optimization, Step } from './service';

/**
 * How `lowOverhead` keeps its promise. Argo Rollouts 1.9.1 starts all pods of a weight before it moves to it, and takes stable pods
 * away only afterwards (utils/replicaset/canary.go: CalculateReplicaCountsForTrafficRoutedCanary), so that the way from one weight
 * to the next is what costs pods. Cutover goes it in smaller steps. A setWeight is done as soon as the weight is there
 * (rollout/canary.go: completedCurrentCanaryStep); the stable pods are scaled down in the reconciliation after it and before the
 * canary (reconcileCanaryReplicaSets), but they end only after their preStop: before others start there is a pause as long.
 */

/** What `lowOverhead` promises: pods above the replicas, as a share of them. */
export const MOST_EXTRA_PERCENT = 20;

/**
 * The pods that may stand beside the replicas at a time: as many as are promised, but one is the least that can be started before
 * another one leaves, and two where a pod is no whole percent, because the pods of both sides are rounded up.
 */
export const podsAtOnce = (pods: number): number =>
  Math.max(100 % pods === 0 ? 1 : 2, Math.floor((pods * MOST_EXTRA_PERCENT) / 100));

/** The weights on the way from one to a higher one, so that no move starts more pods than are allowed. */
export function weightsBetween(from: number, to: number, pods: number): readonly number[] {
  const most = pods + podsAtOnce(pods);
  const found: number[] = [];
  let at = from;
  for (;;) {
    const room = most - podsForWeight(pods, 100 - at);
    if (podsForWeight(pods, to) <= room) return found;
    // Where one more pod is one percent more, the next percent is the least that moves at all.
    at = Math.max(at + 1, Math.floor((100 * room) / pods));
    if (at >= to) return found;
    found.push(at);
  }
}

/** A strategy as it is carried out with a choice of `optimizeFor`: with the steps in between, or without them. */
export function optimizedFor(
  strategy: CanaryStrategy,
  optimizeFor: Optimization,
  pods: number,
  endSeconds: number,
): CanaryStrategy {
  const stated = withoutBetween(strategy);
  if (optimizeFor === 'fastRollback') return { ...stated, optimizeFor };
  const { steps, from } = walked(stated.steps, pods, endSeconds);
  const { background } = stated;
  return {
    ...stated,
    optimizeFor,
    steps,
    background: background && {
      ...background,
      startingStep: from[background.startingStep] ?? background.startingStep,
    },
  };
}

/** The steps that the catalog states. */
export const statedSteps = (steps: readonly Step[]): readonly Step[] => steps.filter((step) => !isBetween(step));

const isBetween = (step: Step): boolean =>
  (step.kind === 'setWeight' || step.kind === 'pause') && step.between === true;

function withoutBetween(strategy: CanaryStrategy): CanaryStrategy {
  const { steps, background } = strategy;
  if (!steps.some(isBetween)) return strategy;
  return {
    ...strategy,
    steps: statedSteps(steps),
    background: background && {
      ...background,
      startingStep: statedSteps(steps.slice(0, background.startingStep)).length,
    },
  };
}

interface Walk {
  readonly steps: readonly Step[];
  /** Where each stated step begins, what leads to it included. */
  readonly from: readonly number[];
}

/** All steps up to the promotion, which is a move to all requests. */
function walked(stated: readonly Step[], pods: number, endSeconds: number): Walk {
  const steps: Step[] = [];
  const from: number[] = [];
  let weight = 0;
  let sinceSeconds = Number.POSITIVE_INFINITY;
  /** After canaryScale the canary has the pods that it was given (P13). */
  let fixed = false;
  const wait = (to: number): void => {
    if (sinceSeconds >= endSeconds || podsForWeight(pods, to) <= podsForWeight(pods, weight)) return;
    steps.push({ kind: 'pause', durationSeconds: endSeconds - sinceSeconds, between: true });
    sinceSeconds = endSeconds;
  };
  const arrive = (to: number): void => {
    if (podsForWeight(pods, 100 - to) < podsForWeight(pods, 100 - weight)) sinceSeconds = 0;
    weight = to;
  };
  const lead = (to: number): void => {
    if (fixed || to <= weight) return;
    for (const between of weightsBetween(weight, to, pods)) {
      wait(between);
      steps.push({ kind: 'setWeight', weight: between, between: true });
      arrive(between);
    }
    wait(to);
  };
  for (const step of stated) {
    from.push(steps.length);
    if (step.kind === 'setWeight') lead(step.weight);
    steps.push(step);
    if (step.kind === 'setWeight') arrive(step.weight);
    else sinceSeconds += secondsOf(step);
    if (step.kind === 'canaryScale') fixed = step.scale.kind !== 'matchWeight';
  }
  lead(100);
  return { steps, from };
}

function secondsOf(step: Step): number {
  switch (step.kind) {
    case 'pause':
      return step.durationSeconds ?? Number.POSITIVE_INFINITY;
    case 'analysis':
      return Math.max(0, ...step.gates.map(gateSeconds));
    case 'experiment':
      return step.durationSeconds;
    default:
      return 0;
  }
}
