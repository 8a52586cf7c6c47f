import { podCount } from './pod-share';
import type { Gate, Pace, Scale } from './service';

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

/** The time that a gate in the background takes to fail, when every measurement fails, in seconds. */
export function secondsToFail(gate: Gate): number {
  return gate.initialDelaySeconds + gate.failureLimit * gate.intervalSeconds;
}

/** The time that a gate takes at a step, in seconds. */
export function gateSeconds(gate: Pick<Gate, 'initialDelaySeconds' | 'count' | 'intervalSeconds'>): number {
  return gate.initialDelaySeconds + (gate.count - 1) * gate.intervalSeconds;
}
