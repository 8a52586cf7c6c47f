import { OPTIMIZATIONS } from '../../catalog/kinds';
import type { EnvironmentPlan } from '../platform-plan';
import type { ReleasePlan } from '../release-plan';
import { clock, count, decimal, duration, percent } from './numbers';
import type { Table } from './table';

/** One line for each service. */
export const summaryTable = ({ plans }: EnvironmentPlan): Table => ({
  head: ['service', 'strategy', 'router', 'promotion', '95 %', 'pods', 'peak', 'way back'],
  words: [0, 1, 2],
  rows: plans.map((plan) => [
    plan.service,
    plan.strategy,
    plan.router,
    clock(plan.promotionSeconds.median),
    clock(plan.promotionSeconds.p95),
    String(plan.pods.steady),
    String(plan.pods.peak),
    wayBack(plan.rollbackSeconds),
  ]),
});

/** One line for each weight. */
export const stageTable = ({ stages }: ReleasePlan): Table => ({
  head: ['from', 'to', 'weight', 'stable', 'canary', 'peak', 'requests', 'gates'],
  words: [7],
  rows: stages.map((stage) => [
    clock(stage.fromSeconds),
    stage.waitsForPerson ? `${clock(stage.toSeconds)}+` : clock(stage.toSeconds),
    percent(stage.weight),
    String(stage.stablePods),
    String(stage.canaryPods),
    String(stage.peakPods),
    stage.exposedRequests === undefined ? '?' : count(stage.exposedRequests),
    stage.tail ? '(promoted)' : stage.gates.join(', '),
  ]),
});

/** What each choice of `optimizeFor` costs. */
export const podTable = (optimizations: NonNullable<ReleasePlan['optimizations']>): Table => ({
  head: ['optimizeFor', 'peak', 'more', 'mean extra', 'more', 'way back'],
  words: [0],
  rows: OPTIMIZATIONS.map((optimization) => {
    const { pods, rollbackSeconds } = optimizations[optimization];
    return [
      optimization,
      String(pods.peak),
      percent(pods.surgePercent),
      decimal(pods.meanExtra),
      percent(pods.meanExtraPercent),
      wayBack(rollbackSeconds),
    ];
  }),
});

export const wayBack = (seconds: number | undefined): string =>
  seconds === undefined ? 'a commit' : duration(seconds);
