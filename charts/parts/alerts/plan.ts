import { releaseSeconds } from '../../../lib/catalog/duration';
import type { Service } from '../../../lib/catalog/service';

/** Time that a release may be late before somebody is told, in seconds: a step can stall for 8 s after each weight (B17). */
const GRACE_SECONDS = 300;

/** The longest that a release may take while all goes as planned, in seconds: its steps, one wait for pods, and a grace. */
export const latestSeconds = (service: Service): number =>
  releaseSeconds(service) + service.strategy.progressDeadlineSeconds + GRACE_SECONDS;

/** The same in whole minutes. */
export const latestMinutes = (service: Service): number => Math.ceil(latestSeconds(service) / 60);

/** Whether the release waits for a person on its way. */
export function waitsForPerson({ strategy }: Pick<Service, 'strategy'>): boolean {
  switch (strategy.kind) {
    case 'canary':
      return strategy.steps.some((step) => step.kind === 'pause' && step.durationSeconds === undefined);
    case 'blueGreen':
      return strategy.promotion === 'manual';
    case 'rolling':
    case 'abTest':
      return false;
  }
}

/** The longest pause that ends by itself and what it may be late by, in seconds. */
export function longestPauseSeconds({ strategy }: Pick<Service, 'strategy'>): number {
  const pauses =
    strategy.kind === 'canary'
      ? strategy.steps.map((step) => (step.kind === 'pause' ? (step.durationSeconds ?? 0) : 0))
      : [];
  return Math.max(0, ...pauses) + GRACE_SECONDS;
}
