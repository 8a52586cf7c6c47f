import { svgFile } from '../../picture/svg';
import { ASSUMPTIONS } from '../assumptions';
import type { EnvironmentPlan } from '../platform-plan';
import type { ReleasePlan } from '../release-plan';
import { chance, decimal, percent } from './numbers';
import { detectionPicture } from './svg-detection';
import { timelinePicture } from './svg-timeline';
import { markdownTable } from './table';
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

/** A file by its name, beside the others. */
export interface PlanFile {
  readonly name: string;
  readonly text: string;
}

/** Plans for a pull request: one document, and the pictures that it shows beside it. */
export function formatMarkdown(environments: readonly EnvironmentPlan[]): readonly PlanFile[] {
  const pictures = new Map<ReleasePlan, readonly PlanFile[]>();
  for (const { plans } of environments) for (const plan of plans) pictures.set(plan, picturesOf(plan));
  const document = [
    '# Release plan\n',
    ...environments.map(overview),
    ...environments.flatMap(({ plans }) => plans.map((plan) => release(plan, pictures.get(plan) ?? []))),
    `## Taken for granted\n\n${ASSUMPTIONS.map((one) => `* ${one}\n`).join('')}`,
  ].join('\n');
  return [{ name: 'plan.md', text: document }, ...[...pictures.values()].flat()];
}

function overview(plan: EnvironmentPlan): string {
  return `## ${plan.environment}\n\n${markdownTable(summaryTable(plan))}\n${totalsOf(plan)
    .map((line) => `* ${line}\n`)
    .join('')}`;
}

const nameOf = ({ environment, service }: ReleasePlan): string => `${environment}-${service}`;

function picturesOf(plan: ReleasePlan): readonly PlanFile[] {
  const name = nameOf(plan);
  const detection = detectionPicture(plan, `${name}-detection`);
  return [
    { name: `${name}-timeline.svg`, text: svgFile(timelinePicture(plan, `${name}-timeline`)) },
    ...(detection === undefined ? [] : [{ name: `${name}-detection.svg`, text: svgFile(detection) }]),
  ];
}

function release(plan: ReleasePlan, pictures: readonly PlanFile[]): string {
  const { pods, detection, optimizations } = plan;
  const [timeline, curves] = pictures;
  const sections = [
    `## ${plan.service} in ${plan.environment}\n`,
    `\`${plan.strategy}\` on \`${plan.router}\`, ${trafficName(plan)}. Promotion: ${promotionName(plan)}. Pods: ${pods.steady}, at the most ${pods.peak} (${percent(pods.surgePercent)} more), on the average ${decimal(pods.meanExtra)} more.\n`,
    `![weight and pods over the release](${timeline?.name ?? ''})\n`,
    markdownTable(stageTable(plan)),
    ...(optimizations === undefined ? [] : [markdownTable(podTable(optimizations))]),
    ...(detection === undefined
      ? ['Set `traffic.requestsPerSecond` to plan regressions.\n']
      : [
          '### What is caught\n',
          `A good release is stopped in ${boundedChance(detection.falseAlarm)} of all releases, and waits for a person in ${chance(detection.paused)}.\n`,
          ...(curves === undefined ? [] : [`![which regressions the gates catch](${curves.name})\n`]),
          markdownTable(regressionTable(detection)),
          `<details><summary>Caught before the requests move on</summary>\n\n${markdownTable(stepTable(detection))}\n</details>\n`,
        ]),
    ...(plan.hours.length === 0
      ? []
      : ['### By the hour of the release\n', 'Caught before 100 %.\n', markdownTable(hourTable(plan.hours))]),
    ...(plan.gates.length === 0 ? [] : ['### Gates against the objectives\n', markdownTable(gateTable(plan.gates))]),
    '### Other strategies\n',
    'Failed: requests, with 10 points more of errors.\n',
    markdownTable(comparisonTable(plan.comparison)),
    ...plan.comparison.flatMap((one) => (one.refused === undefined ? [] : [`* \`${one.strategy}\`: ${one.refused}\n`])),
  ];
  return sections.join('\n');
}
