import { OPTIMIZATIONS } from '../../catalog/kinds';
import type { StrategyPlan } from '../comparison';
import type { DetectionPlan, RegressionPlan } from '../detection';
import { HOURLY, type HoursPlan } from '../hours';
import type { EnvironmentPlan } from '../platform-plan';
import type { GateRating } from '../rating';
import type { ReleasePlan } from '../release-plan';
import { chance, clock, count, decimal, duration, percent } from './numbers';
import type { Table } from './table';
import { boundedChance, regressionName, UNSTATED_WORDS, wayBack } from './words';

const NOT_KNOWN = '?';
const NOTHING = '–';

/** One line for each service. */
export const summaryTable = ({ plans }: Pick<EnvironmentPlan, 'plans'>): Table => ({
  head: [
    'service',
    'strategy',
    'router',
    'promotion',
    '95 %',
    'pods',
    'peak',
    'way back',
    '+10 points caught',
    'false alarm',
  ],
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
    plan.detection === undefined ? NOT_KNOWN : caughtOf(plan.detection),
    plan.detection === undefined ? NOT_KNOWN : chance(plan.detection.falseAlarm.value),
  ]),
});

const REFERENCE_POINTS = 10;

function caughtOf({ regressions }: DetectionPlan): string {
  const found = regressions.find(
    ({ regression }) => regression.kind === 'errors' && regression.points === REFERENCE_POINTS,
  );
  return found === undefined ? NOT_KNOWN : chance(found.caughtBeforeAll);
}

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
    stage.exposedRequests === undefined ? NOT_KNOWN : count(stage.exposedRequests),
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

/** What each gate is worth against the objectives, or why that is not known. */
export const gateTable = (ratings: readonly GateRating[]): Table => ({
  head: ['gate', 'looks for', 'good stopped', 'bad let through'],
  words: [0, 1],
  rows: ratings.map(({ gate, variant, unstated, regression, worst, falseAlarm, miss }) => [
    variant === undefined ? gate.name : `${gate.name} (${variant})`,
    unstated !== undefined
      ? `not known: ${UNSTATED_WORDS[unstated]}`
      : regression === undefined || worst === undefined
        ? NOTHING
        : regression === 'latency'
          ? `a 95th percentile of ${worst} s`
          : `${percent(100 * worst)} of failed requests`,
    falseAlarm === undefined ? NOTHING : chance(falseAlarm),
    miss === undefined ? NOTHING : chance(miss),
  ]),
});

/** What gates tell by the hour. */
export const hourTable = (hours: readonly HoursPlan[]): Table => ({
  head: [
    'hours (UTC)',
    'requests/s',
    `${regressionName(HOURLY.errors)} caught`,
    `${regressionName(HOURLY.latency)} caught`,
    'good stopped or waiting',
    'enough',
  ],
  words: [0, 5],
  rows: hours.map((one) => [
    `${twoDigits(one.fromHour)} to ${twoDigits(one.toHour)}`,
    decimal(one.requestsPerSecond),
    chance(one.caughtErrors),
    one.caughtLatency === undefined ? NOT_KNOWN : chance(one.caughtLatency),
    chance(one.falseAlarm),
    one.enough === undefined ? NOT_KNOWN : one.enough ? 'yes' : 'no',
  ]),
});

const twoDigits = (hour: number): string => String(hour).padStart(2, '0');

/** What happens to a release with each regression. */
export const regressionTable = ({ regressions }: DetectionPlan): Table => ({
  head: ['regression', 'caught', 'before 100 %', 'decided after', '95 %', 'back after', 'served', 'failed', '95 %'],
  words: [0],
  rows: regressions.map((plan) => [
    regressionName(plan.regression),
    boundedChance(plan.caught),
    chance(plan.caughtBeforeAll),
    plan.decisionSeconds === undefined ? NOTHING : duration(plan.decisionSeconds.median),
    plan.decisionSeconds === undefined ? NOTHING : duration(plan.decisionSeconds.p95),
    plan.rollbackSeconds === undefined ? NOTHING : duration(plan.rollbackSeconds.mean),
    count(plan.exposedRequests.median),
    ...failures(plan),
  ]),
});

const failures = ({ regression, failedRequests }: RegressionPlan): readonly [string, string] =>
  regression.kind === 'errors' ? [count(failedRequests.median), count(failedRequests.p95)] : [NOTHING, NOTHING];

/** The chance to be caught before the requests move to each weight. */
export function stepTable({ regressions }: DetectionPlan): Table {
  const weights = regressions[0]?.caughtBefore.map(({ weight }) => weight) ?? [];
  return {
    head: ['regression', ...weights.map((weight) => `before ${percent(weight)}`)],
    words: [0],
    rows: regressions.map(({ regression, caughtBefore }) => [
      regressionName(regression),
      ...caughtBefore.map((one) => chance(one.chance)),
    ]),
  };
}

/** Every strategy for one service. */
export const comparisonTable = (comparison: readonly StrategyPlan[]): Table => ({
  head: ['strategy', 'promotion', 'downtime', 'caught', 'failed', 'way back', 'peak', 'mean extra', 'objects'],
  words: [0],
  rows: comparison.flatMap((plan) =>
    plan.refused === undefined
      ? [
          [
            plan.chosen ? `${plan.strategy} (chosen)` : plan.strategy,
            clock(plan.promotionSeconds),
            duration(plan.downtimeSeconds),
            plan.risk === undefined ? NOT_KNOWN : chance(plan.risk.caught),
            plan.risk === undefined ? NOT_KNOWN : count(plan.risk.failedRequests),
            wayBack(plan.rollbackSeconds),
            String(plan.pods.peak),
            decimal(plan.pods.meanExtra),
            String(plan.objects),
          ],
        ]
      : [],
  ),
});
