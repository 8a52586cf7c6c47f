import type { Gate, Service, Step } from './service';

/**
 * The time from the first canary pod to full promotion if every gate passes at its first attempt, in seconds: the pauses,
 * the counted measurements and the readiness of the pods at each new weight. Pauses without an end count nothing.
 */
export function releaseSeconds(service: Service): number {
  const { steps, minReadySeconds } = service.strategy;
  return steps.reduce((sum, step) => sum + stepSeconds(step, minReadySeconds), 0);
}

function stepSeconds(step: Step, minReadySeconds: number): number {
  switch (step.kind) {
    case 'setWeight':
      return minReadySeconds;
    case 'pause':
      return step.durationSeconds ?? 0;
    case 'analysis':
      return Math.max(0, ...step.gates.map(gateSeconds));
  }
}

/** The time that a gate takes at a step, in seconds. */
export function gateSeconds(gate: Gate): number {
  return gate.initialDelaySeconds + (gate.count - 1) * gate.intervalSeconds;
}
