import { podCount } from './pod-share';
import type { Gate, Pace, Scale, Service, Step } from './service';

/**
 * The time from the first new pod to full promotion if every gate passes at its first attempt, in seconds: the pauses,
 * the counted measurements and the readiness of the pods. Pauses without an end count nothing.
 */
export function releaseSeconds({ strategy, scale }: Pick<Service, 'strategy' | 'scale'>): number {
  const { minReadySeconds } = strategy;
  switch (strategy.kind) {
    case 'canary':
      return strategy.steps.reduce((sum, step) => sum + stepSeconds(step, minReadySeconds), 0);
    case 'blueGreen':
      return minReadySeconds + longest(strategy.prePromotionGates) + longest(strategy.postPromotionGates);
    case 'rolling':
    case 'abTest':
      return exchangeSeconds(strategy, scale);
  }
}

/** The time until all pods are exchanged, in seconds. */
export function exchangeSeconds(pace: Pace & { readonly minReadySeconds: number }, scale: Scale): number {
  return batches(pace, scale) * pace.minReadySeconds;
}

/** How often pods are exchanged until all are new, each time as many as the pace allows. */
function batches({ maxSurge, maxUnavailable }: Pace, scale: Scale): number {
  const pods = scale.kind === 'fixed' ? scale.replicas : scale.minReplicas;
  // A share of pods that may be missing is rounded down, as Kubernetes does.
  const missing =
    typeof maxUnavailable === 'number'
      ? maxUnavailable
      : Math.floor((pods * Number.parseInt(maxUnavailable, 10)) / 100);
  return Math.ceil(pods / Math.max(1, podCount(maxSurge, pods) + missing));
}

function stepSeconds(step: Step, minReadySeconds: number): number {
  switch (step.kind) {
    case 'setWeight':
    case 'canaryScale':
      return minReadySeconds;
    case 'pause':
      return step.durationSeconds ?? 0;
    case 'analysis':
      return longest(step.gates);
    case 'experiment':
      return minReadySeconds + step.durationSeconds;
    case 'headerRoute':
    case 'mirrorRoute':
      return 0;
  }
}

const longest = (gates: readonly Gate[]): number => Math.max(0, ...gates.map(gateSeconds));

/** The time that a gate in the background takes to fail, when every measurement fails, in seconds. */
export function secondsToFail(gate: Gate): number {
  return gate.initialDelaySeconds + gate.failureLimit * gate.intervalSeconds;
}

/** The time that a gate takes at a step, in seconds. */
export function gateSeconds(gate: Pick<Gate, 'initialDelaySeconds' | 'count' | 'intervalSeconds'>): number {
  return gate.initialDelaySeconds + (gate.count - 1) * gate.intervalSeconds;
}
