import { optimizedFor } from '../catalog/between-weights';
import type { Environment, Optimization, Platform, RouterKind, Service, StrategyKind } from '../catalog/service';
import { comparisonOf, type StrategyPlan } from './comparison';
import { type DetectionPlan, detectionOf } from './detection';
import { type HoursPlan, hoursOf } from './hours';
import { type PodCost, podCostOf } from './pod-cost';
import { steadyPodsOf } from './pods';
import { type GateRating, rate } from './rating';
import { worstRollback } from './rollback';
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
  /** What gates tell of regressions; undefined where the traffic is not known. */
  readonly detection: DetectionPlan | undefined;
  /** What gates tell by the hour of the release; empty where the traffic is not stated by the hour. */
  readonly hours: readonly HoursPlan[];
  /** The gates about requests against the objectives; empty where nothing is stated. */
  readonly gates: readonly GateRating[];
  /** Every strategy for this service, by its own numbers. */
  readonly comparison: readonly StrategyPlan[];
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
export function planOf(service: Service, { platform, environment }: PlanScope): ReleasePlan {
  const timeline = timelineOf(service);
  const { scrapeIntervalSeconds } = platform.prometheus;
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
    rollbackSeconds: worstRollback(service, timeline.phases),
    detection: detectionOf(service, timeline, scrapeIntervalSeconds),
    hours: hoursOf(service, timeline, platform),
    gates: ratedGates(service, platform),
    comparison: comparisonOf(service, scrapeIntervalSeconds),
    optimizations: optimizationsOf(service),
  };
}

/** Gates of which something is known, or of which it is known why it is not. */
const ratedGates = (service: Service, platform: Platform): readonly GateRating[] =>
  service.requestsPerSecond === undefined
    ? []
    : rate(service, platform).gates.filter(
        ({ falseAlarm, miss, unstated }) => (falseAlarm ?? miss ?? unstated) !== undefined,
      );

function optimizationsOf(service: Service): ReleasePlan['optimizations'] {
  const { strategy, routing } = service;
  if (strategy.kind !== 'canary' || routing.router === 'none') return undefined;
  const priced = (optimizeFor: Optimization): OptimizationPlan => {
    const pods = steadyPodsOf(service.scale);
    const other = { ...service, strategy: optimizedFor(strategy, optimizeFor, pods, service.shutdown.preStopSeconds) };
    const timeline = timelineOf(other);
    return { pods: podCostOf(timeline), rollbackSeconds: worstRollback(other, timeline.phases) };
  };
  return { fastRollback: priced('fastRollback'), lowOverhead: priced('lowOverhead') };
}
