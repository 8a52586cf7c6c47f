import type { Environment, Optimization, Platform, RouterKind, Service, StrategyKind } from '../catalog/service';
import { type PodCost, podCostOf } from './pod-cost';
import { BY_COMMIT, rollbackFrom } from './rollback';
import { type Stage, stagesOf } from './stages';
import { type Timeline, timelineOf } from './timeline';

/** What a release of one service in one environment will be like. Durations are in seconds, weights and shares of pods in %. */
export interface ReleasePlan {
  readonly service: string;
  readonly environment: string;
  readonly strategy: StrategyKind;
  readonly router: RouterKind;
  /** Undefined where the catalog does not say it: then no request is counted. */
  readonly requestsPerSecond: number | undefined;
  /** From the first new pod to full promotion, without the time for which a person is waited for. */
  readonly promotionSeconds: { readonly median: number; readonly p95: number };
  /** How often somebody must act before it goes on. */
  readonly waitsForPerson: number;
  readonly stages: readonly Stage[];
  readonly timeline: Timeline;
  readonly pods: PodCost;
  /** From the decision to abort to all requests on the stable version, at the worst moment; undefined where a commit moves the weights. */
  readonly rollbackSeconds: number | undefined;
  /** What the other choice of `optimizeFor` would cost; undefined where there is none. */
  readonly optimizations: Readonly<Record<Optimization, OptimizationPlan>> | undefined;
}

/** One choice of `optimizeFor` and its price. */
export interface OptimizationPlan {
  readonly pods: PodCost;
  readonly rollbackSeconds: number | undefined;
}

/** What a plan must know beside the service. */
export interface PlanScope {
  readonly platform: Platform;
  readonly environment: Environment;
}

/** The plan of a release, computed from the catalog alone: nothing is asked of a cluster. */
export function planOf(service: Service, { environment }: PlanScope): ReleasePlan {
  const timeline = timelineOf(service);
  return {
    service: service.key,
    environment: environment.name,
    strategy: service.strategy.kind,
    router: service.routing.router,
    requestsPerSecond: service.requestsPerSecond,
    promotionSeconds: timeline.promotionSeconds,
    waitsForPerson: timeline.phases.filter(({ kind }) => kind === 'person').length,
    stages: stagesOf(timeline, service.requestsPerSecond),
    timeline,
    pods: podCostOf(timeline),
    rollbackSeconds: worstRollback(service, timeline),
    optimizations: optimizationsOf(service),
  };
}

/** The longest way back from any moment before the promotion. */
function worstRollback(service: Service, { phases }: Timeline): number | undefined {
  const ways = phases.filter(({ kind }) => kind !== 'tail').map((phase) => rollbackFrom(service, phase));
  const times = ways.map((way) => (way === BY_COMMIT ? Number.NaN : way.seconds));
  const worst = Math.max(0, ...times);
  return Number.isNaN(worst) ? undefined : worst;
}

function optimizationsOf(service: Service): ReleasePlan['optimizations'] {
  const { strategy, routing } = service;
  if (strategy.kind !== 'canary' || routing.router === 'none') return undefined;
  const priced = (optimizeFor: Optimization): OptimizationPlan => {
    const other: Service = { ...service, strategy: { ...strategy, optimizeFor } };
    const timeline = timelineOf(other);
    return { pods: podCostOf(timeline), rollbackSeconds: worstRollback(other, timeline) };
  };
  return { fastRollback: priced('fastRollback'), lowOverhead: priced('lowOverhead') };
}
