import type { Service, Strategy, StrategyKind } from '../catalog/service';
import { abTestTimeline } from './timeline/ab-test';
import { blueGreenTimeline } from './timeline/blue-green';
import { canaryTimeline } from './timeline/canary';
import type { Luck, Timeline } from './timeline/model';
import { rollingTimeline } from './timeline/rolling';

export type * from './timeline/model';

type TimelineOf<K extends StrategyKind> = (
  service: Service,
  strategy: Extract<Strategy, { readonly kind: K }>,
  luck: Luck,
) => Timeline;

/** One file for each strategy; a new one does not compile until it is here. */
const TIMELINES: { readonly [K in StrategyKind]: TimelineOf<K> } = {
  rolling: rollingTimeline,
  blueGreen: blueGreenTimeline,
  canary: canaryTimeline,
  abTest: abTestTimeline,
};

/** The phases of a release of a service, as its strategy and its router carry them out. */
export function timelineOf(service: Service, luck: Luck = 'median'): Timeline {
  return timelineFor(service, service.strategy.kind, service.strategy, luck);
}

function timelineFor<K extends StrategyKind>(
  service: Service,
  kind: K,
  strategy: Extract<Strategy, { readonly kind: K }>,
  luck: Luck,
): Timeline {
  return TIMELINES[kind](service, strategy, luck);
}
