import { ASSUMPTIONS } from '../assumptions';
import type { StrategyPlan } from '../comparison';
import type { DetectionPlan } from '../detection';
import type { EnvironmentPlan } from '../platform-plan';
import type { ReleasePlan } from '../release-plan';
import { chance, decimal, percent } from './numbers';
import { textTable } from './table';
import {
  comparisonTable,
  gateTable,
  hourTable,
  podTable,
  regressionTable,
  stageTable,
  stepTable,
  summaryTable,
} from './tables';
import { totalsOf } from './totals';
import { boundedChance, promotionName, trafficName } from './words';

/** Plans for a terminal: one service in full, several as a table with their sums. */
export function formatText(environments: readonly EnvironmentPlan[]): string {
  const all = environments.flatMap(({ plans }) => plans);
  const alone = new Set(all.map(({ service }) => service)).size === 1;
  const told = alone ? all.map(release) : environments.map(environment);
  return `${told.join('\n')}\nTaken for granted:\n${ASSUMPTIONS.map((one) => `  ${one}\n`).join('')}`;
}

function environment(plan: EnvironmentPlan): string {
  return `${plan.environment}\n${textTable(summaryTable(plan))}${totalsOf(plan)
    .map((line) => `  ${line}\n`)
    .join('')}`;
}

function release(plan: ReleasePlan): string {
  const { pods, detection, optimizations } = plan;
  return [
    `${plan.service} in ${plan.environment}: ${plan.strategy} on ${plan.router}, ${trafficName(plan)}\n`,
    `\nPromotion: ${promotionName(plan)}\n${textTable(stageTable(plan))}`,
    `\nPods: ${pods.steady}, at the most ${pods.peak} (${percent(pods.surgePercent)} more), on the average ${decimal(pods.meanExtra)} more\n`,
    optimizations === undefined ? '' : textTable(podTable(optimizations)),
    detection === undefined ? '\nRegressions: set traffic.requestsPerSecond to plan them\n' : regressions(detection),
    hours(plan),
    gates(plan),
    comparison(plan.comparison),
  ].join('');
}

function regressions(detection: DetectionPlan): string {
  return [
    `\nA good release is stopped in ${boundedChance(detection.falseAlarm)} of all releases, and waits for a person in ${chance(detection.paused)}\n`,
    textTable(regressionTable(detection)),
    '\nCaught before the requests move on\n',
    textTable(stepTable(detection)),
  ].join('');
}

const hours = ({ hours: plans }: ReleasePlan): string =>
  plans.length === 0 ? '' : `\nBy the hour of the release; caught before 100 %\n${textTable(hourTable(plans))}`;

const gates = ({ gates: ratings }: ReleasePlan): string =>
  ratings.length === 0 ? '' : `\nGates against the objectives\n${textTable(gateTable(ratings))}`;

function comparison(plans: readonly StrategyPlan[]): string {
  const refused = plans.flatMap((plan) =>
    plan.refused === undefined ? [] : [`  ${plan.strategy}: ${plan.refused}\n`],
  );
  return `\nOther strategies for this service; failed: with 10 points more of errors\n${textTable(comparisonTable(plans))}${refused.join('')}`;
}
