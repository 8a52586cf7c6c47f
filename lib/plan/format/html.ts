import { PAGE_STYLE } from '../../picture/page-style';
import { escaped, inlineSvg, PICTURE_STYLE } from '../../picture/svg';
import { ASSUMPTIONS } from '../assumptions';
import type { EnvironmentPlan } from '../platform-plan';
import type { ReleasePlan } from '../release-plan';
import { htmlTable } from './html-table';
import { chance, clock, decimal } from './numbers';
import { detectionPicture } from './svg-detection';
import { timelinePicture } from './svg-timeline';
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
import { boundedChance, promotionName, trafficName, wayBack } from './words';

/** More plans than this are closed at first, so that the overview can be seen. */
const MOST_OPEN = 2;

/** Plans as one page that needs nothing else: no script, no font, no picture from elsewhere. */
export function formatHtml(environments: readonly EnvironmentPlan[]): string {
  const plans = environments.flatMap((environment) => environment.plans);
  const title = plans.length === 1 ? `Release plan: ${plans[0]?.service}` : 'Release plan';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${PAGE_STYLE}${PICTURE_STYLE}</style>
</head>
<body>
<a class="skip" href="#plans">To the plans</a>
<header><h1>${escaped(title)}</h1><p>What a release will be like before it happens, computed from the catalog alone.</p></header>
<main>
${plans.length === 1 ? '' : environments.map(overview).join('')}<div id="plans">
${plans.map((plan) => release(plan, plans.length <= MOST_OPEN)).join('')}</div>
</main>
<footer><h2>Taken for granted</h2><ul>${ASSUMPTIONS.map((one) => `<li>${escaped(one)}</li>`).join('')}</ul></footer>
</body>
</html>
`;
}

const idOf = ({ environment, service }: ReleasePlan): string => `${environment}-${service}`;

function overview(environment: EnvironmentPlan): string {
  const table = htmlTable(summaryTable(environment), `Releases in ${environment.environment}`, (row, cell) => {
    const plan = environment.plans[row];
    return plan === undefined ? cell : `<a href="#${escaped(idOf(plan))}">${cell}</a>`;
  });
  return `<section><h2>${escaped(environment.environment)}</h2>${table}<ul class="totals">${totalsOf(environment)
    .map((line) => `<li>${escaped(line)}</li>`)
    .join('')}</ul></section>\n`;
}

function release(plan: ReleasePlan, open: boolean): string {
  const heading = `<h2>${escaped(plan.service)} <span>in ${escaped(plan.environment)}</span></h2>`;
  return `<details class="plan-of" id="${escaped(idOf(plan))}"${open ? ' open' : ''}><summary>${heading}</summary>
<p class="lead">${escaped(`${plan.strategy} on ${plan.router}, ${trafficName(plan)}. Promotion: ${promotionName(plan)}.`)}</p>
${facts(plan)}
<figure>${inlineSvg(timelinePicture(plan, `${idOf(plan)}-timeline`))}</figure>
${htmlTable(stageTable(plan), 'From one weight to the next')}
${plan.optimizations === undefined ? '' : htmlTable(podTable(plan.optimizations), 'What the pods of the canary are for, and what it costs')}
${detection(plan)}
${plan.hours.length === 0 ? '' : htmlTable(hourTable(plan.hours), 'By the hour of the release; caught before 100 %')}
${plan.gates.length === 0 ? '' : htmlTable(gateTable(plan.gates), 'What each gate is worth against the objectives')}
${htmlTable(comparisonTable(plan.comparison), 'Every strategy for this service; failed: requests, with 10 points more of errors')}
${refusals(plan)}</details>
`;
}

/** The numbers that people ask for first. */
function facts({ promotionSeconds, pods, rollbackSeconds, detection }: ReleasePlan): string {
  const reference = detection?.regressions.find(
    ({ regression }) => regression.kind === 'errors' && regression.points === 10,
  );
  const shown: readonly (readonly [value: string, name: string])[] = [
    [clock(promotionSeconds.median), 'to full promotion'],
    [`${pods.steady} → ${pods.peak}`, `pods at the most, on the average ${decimal(pods.meanExtra)} more`],
    [wayBack(rollbackSeconds), 'from an abort to the stable version'],
    ...(reference === undefined
      ? []
      : [[chance(reference.caughtBeforeAll), '10 points of errors caught before 100 %'] as const]),
    ...(detection === undefined ? [] : [[chance(detection.falseAlarm.value), 'of good releases stopped'] as const]),
  ];
  return `<dl class="facts">${shown.map(([value, name]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`).join('')}</dl>`;
}

function detection(plan: ReleasePlan): string {
  const picture = detectionPicture(plan, `${idOf(plan)}-detection`);
  if (plan.detection === undefined || picture === undefined)
    return '<p class="lead">Set <code>traffic.requestsPerSecond</code> to plan regressions.</p>';
  const { falseAlarm, paused } = plan.detection;
  return `<p class="lead">${escaped(`A good release is stopped in ${boundedChance(falseAlarm)} of all releases, and waits for a person in ${chance(paused)}.`)}</p>
<figure>${inlineSvg(picture)}</figure>
${htmlTable(regressionTable(plan.detection), 'What happens to a release with a regression')}
<details><summary>Caught before the requests move on</summary>${htmlTable(stepTable(plan.detection), 'Chance to be caught before each weight')}</details>`;
}

function refusals({ comparison }: ReleasePlan): string {
  const refused = comparison.flatMap((one) =>
    one.refused === undefined ? [] : [`<li><strong>${one.strategy}</strong>: ${escaped(one.refused)}</li>`],
  );
  return refused.length === 0 ? '' : `<ul class="totals">${refused.join('')}</ul>\n`;
}
