import { STRATEGIES } from '../catalog/kinds';
import type { Service, StrategyKind } from '../catalog/service';
import { withStrategy } from './alternatives';
import { type Risk, riskOf } from './detection';
import { objectCount } from './objects';
import { type PodCost, podCostOf } from './pod-cost';
import { steadyPodsOf } from './pods';
import type { Regression } from './regressions';
import { worstRollback } from './rollback';
import { type Timeline, timelineOf } from './timeline';

/** What a strategy would be for a service, by its own numbers. */
export type StrategyPlan =
  | { readonly strategy: StrategyKind; readonly refused: string }
  | {
      readonly strategy: StrategyKind;
      readonly refused: undefined;
      /** Whether the catalog says so; the others are what one would most likely write. */
      readonly chosen: boolean;
      readonly promotionSeconds: number;
      /** Time in which no pod serves. */
      readonly downtimeSeconds: number;
      /** The fewest pods that serve at a time, in % of the steady state. */
      readonly leastCapacityPercent: number;
      /** With the regression that strategies are compared by; undefined where the traffic is not known. */
      readonly risk: Risk | undefined;
      /** At the worst moment; undefined: a commit. */
      readonly rollbackSeconds: number | undefined;
      readonly pods: PodCost;
      readonly objects: number;
    };

/** What strategies are compared by: one request of ten fails. */
export const COMPARED_BY = { kind: 'errors', points: 10 } as const satisfies Regression;

/** Every strategy for this service, on its router and with its gates. */
export function comparisonOf(service: Service, scrapeIntervalSeconds: number): readonly StrategyPlan[] {
  // What a strategy keeps beside that, as the pods of a variant, is extra.
  const needed = steadyPodsOf(service.scale);
  return STRATEGIES.map((strategy): StrategyPlan => {
    const other = withStrategy(service, strategy);
    if ('refused' in other) return { strategy, refused: other.refused };
    const timeline = timelineOf(other);
    const serving = servingPods(timeline);
    return {
      strategy,
      refused: undefined,
      chosen: other === service,
      promotionSeconds: timeline.promotionSeconds.median,
      downtimeSeconds: serving.noneSeconds,
      leastCapacityPercent: (100 * serving.fewest) / needed,
      risk: riskOf(other, timeline, scrapeIntervalSeconds, COMPARED_BY),
      rollbackSeconds: worstRollback(other, timeline.phases),
      pods: podCostOf(timeline, needed),
      objects: objectCount(other),
    };
  });
}

/** Pods that are asked for and do not start: those of a phase that starts pods are not yet counted. */
function servingPods({ phases }: Timeline): { readonly fewest: number; readonly noneSeconds: number } {
  let fewest = Number.POSITIVE_INFINITY;
  let noneSeconds = 0;
  let canaryBefore = 0;
  let stableBefore = phases[0]?.stablePods ?? 0;
  for (const { kind, stablePods, canaryPods, fromSeconds, toSeconds } of phases) {
    const serving =
      kind === 'start'
        ? Math.min(stableBefore, stablePods) + Math.min(canaryBefore, canaryPods)
        : stablePods + canaryPods;
    fewest = Math.min(fewest, serving);
    if (serving === 0) noneSeconds += toSeconds - fromSeconds;
    canaryBefore = canaryPods;
    stableBefore = stablePods;
  }
  return { fewest: Number.isFinite(fewest) ? fewest : 0, noneSeconds };
}
