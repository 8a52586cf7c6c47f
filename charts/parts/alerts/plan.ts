import type { Service } from '../../../lib/catalog/service';
import { timelineOf } from '../../../lib/plan/timeline';

/** Time that a release may be late before somebody is told, in seconds. */
const GRACE_SECONDS = 300;

type PromotionSeconds = ReturnType<typeof timelineOf>['promotionSeconds'];

/** Several alerts of a service ask. */
const PLANNED = new WeakMap<Service, PromotionSeconds>();

/** How long a good release takes to its promotion, by the timeline that `npm run plan` tells: the waiting for a person is not counted. */
export function plannedSeconds(service: Service): PromotionSeconds {
  const known = PLANNED.get(service);
  if (known !== undefined) return known;
  const { promotionSeconds } = timelineOf(service);
  PLANNED.set(service, promotionSeconds);
  return promotionSeconds;
}

/** The longest that a release may take while all goes as planned, in seconds: its plan, one wait for pods that come late, and a grace. */
export const latestSeconds = (service: Service): number =>
  plannedSeconds(service).p95 + service.strategy.progressDeadlineSeconds + GRACE_SECONDS;

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
