import type { Service } from '../catalog/service';
import { timelineOf } from '../plan/timeline';
import type { StepSeconds } from './steps';

/**
 * Seconds that each step of a canary takes by its plan, starts of pods and retries of the controller included; empty where
 * the strategy has no steps. Waiting for a person takes no time that could be known.
 */
export function plannedSteps(service: Service): StepSeconds {
  const { strategy } = service;
  if (strategy.kind !== 'canary') return [];
  const seconds: (number | undefined)[] = strategy.steps.map(() => 0);
  for (const { kind, step, fromSeconds, toSeconds } of timelineOf(service).phases) {
    if (step === undefined || kind === 'tail' || step >= seconds.length) continue;
    const before = seconds[step];
    seconds[step] = kind === 'person' || before === undefined ? undefined : before + toSeconds - fromSeconds;
  }
  return seconds;
}
