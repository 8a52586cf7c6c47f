import { ASSUMPTIONS } from '../assumptions';
import type { EnvironmentPlan } from '../platform-plan';
import type { ReleasePlan } from '../release-plan';
import { clock, count, decimal, duration, percent } from './numbers';
import { textTable } from './table';
import { podTable, stageTable, summaryTable } from './tables';

/** Plans for a terminal: one service in full, several as a table with their sums. */
export function formatText(environments: readonly EnvironmentPlan[]): string {
  const all = environments.flatMap(({ plans }) => plans);
  if (all.length === 1) return all.map((plan) => `${release(plan)}${assumptions()}`).join('');
  return `${environments.map(environment).join('\n')}${assumptions()}`;
}

function environment(plan: EnvironmentPlan): string {
  const { totals } = plan;
  const lines = [
    `${totals.services} services, ${count(totals.steadyPods)} pods; all releases at once: ${count(totals.extraPodsAtOnce)} pods more`,
    `longest promotion ${duration(totals.longestPromotionSeconds)}; ${totals.waiting} wait for a person`,
    ...(totals.withoutTraffic > 0
      ? [`${totals.withoutTraffic} without traffic.requestsPerSecond: no request is counted for them`]
      : []),
  ];
  return `${plan.environment}\n${textTable(summaryTable(plan))}${lines.map((line) => `  ${line}\n`).join('')}`;
}

function release(plan: ReleasePlan): string {
  const { promotionSeconds, pods, waitsForPerson } = plan;
  const traffic =
    plan.requestsPerSecond === undefined ? 'traffic not known' : `${decimal(plan.requestsPerSecond)} requests/s`;
  const waits = waitsForPerson === 0 ? '' : `, and ${waitsForPerson} times for a person`;
  return [
    `${plan.service} in ${plan.environment}: ${plan.strategy} on ${plan.router}, ${traffic}\n`,
    `\nPromotion ${clock(promotionSeconds.median)} (95 %: ${clock(promotionSeconds.p95)})${waits}\n`,
    textTable(stageTable(plan)),
    `\nPods ${pods.steady}, at the most ${pods.peak} (${percent(pods.surgePercent)} more); on the average ${decimal(pods.meanExtra)} more\n`,
    plan.optimizations === undefined ? '' : textTable(podTable(plan.optimizations)),
  ].join('');
}

const assumptions = (): string => `\nTaken for granted:\n${ASSUMPTIONS.map((one) => `  ${one}\n`).join('')}`;
