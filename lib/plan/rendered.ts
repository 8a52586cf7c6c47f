import { blueGreenTimeline } from './timeline/blue-green';
import { canaryTimeline } from './timeline/canary';
import type { Timeline } from './timeline/model';
import type { BlueGreenCourse, CanaryCourse, Released, TimedGate } from './timeline/released';

/** A Rollout as its manifests say it, in the terms of the plan. */
export interface RenderedRollout extends Omit<Released, 'strategy'> {
  readonly strategy: CanaryCourse<TimedGate> | BlueGreenCourse<TimedGate>;
}

/**
 * The course of the next release of a rendered Rollout, by the same clock as the plan of a service (lib/plan/timeline.ts): both say
 * the same of what the catalog has rendered. What bounds a gate has is not asked, so that any manifests will do.
 */
export function renderedTimeline(rollout: RenderedRollout): Timeline<TimedGate> {
  const { strategy } = rollout;
  return strategy.kind === 'canary'
    ? canaryTimeline(rollout, strategy, 'median')
    : blueGreenTimeline(rollout, strategy);
}
