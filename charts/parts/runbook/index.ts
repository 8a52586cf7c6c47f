import { GATE_KIND_FACTS } from '../../../lib/catalog/gate-kinds';
import type { Gate, RouterKind, Service } from '../../../lib/catalog/service';
import { applicationName, type ServiceScope, type WorkloadScope } from '../../names';
import { ALERTS } from '../alerts';
import { latestMinutes, plannedSeconds, waitsForPerson } from '../alerts/plan';
import { gateUses } from '../gates/analysis-template';
import type { GateUse } from '../gates/use';
import { application, jobLogs, plugin, podsAndEvents, release } from './commands';
import { block, code, shell, table } from './markdown';
import { duration, listed, releaseWords } from './words';

const HEADER = '<!-- Rendered by Cutover from services.json and migrations/. Do not edit: run `npm run synth`. -->';

/**
 * What somebody who is woken needs to know of a service's release, with its own names in every command. Nothing in it changes with the
 * version, so that a promotion stays the change of one file.
 */
export function runbook(
  scope: ServiceScope,
  workloads: readonly WorkloadScope[],
  migrationJobs: readonly string[],
): string {
  const { service, environment, platform } = scope;
  const repository = `the file ${code(`${platform.argocd.path}/${environment.name}/services/${service.key}.yaml`)} of this repository`;
  return `${[
    HEADER,
    `# ${service.key} in ${environment.name}`,
    facts(scope, workloads),
    '## See it',
    `From the root of this repository, with the context of the cluster of ${code(environment.name)}:`,
    shell(release('status', scope), ...workloads.map((one) => plugin(['get', 'rollout'], one))),
    'The pods of all versions, what Kubernetes says of them, and what the gates measured:',
    ...workloads.map(podsAndEvents),
    '## Stop it',
    `${abortWords(service)} Git still asks for the new version: [undo it](#undo-it) afterwards.`,
    shell(release('abort', scope)),
    'The same without this repository:',
    shell(...workloads.map((one) => plugin(['abort'], one))),
    '## Undo it',
    'Take the version back in Git; Argo CD undoes what is changed in the cluster alone. This makes a branch with the last commit that was healthy:',
    shell(release('rollback', scope)),
    `Where that is one of the last ${service.strategy.rollbackWindowRevisions} revisions, Argo Rollouts goes there without its steps.`,
    ...(migrationJobs.length === 0
      ? []
      : ['The schema stays as it is: the version before runs on it as long as no contract migration has run.']),
    '## Let it go on',
    'A release that is paused goes on with its next step; `--full` would skip all gates.',
    shell(release('promote', scope), ...workloads.map((one) => plugin(['promote'], one))),
    '## What a release does',
    ...(migrationJobs.length === 0 ? [] : ['Before and beside it the migration Jobs run.']),
    ...workloads.flatMap((one) => (workloads.length > 1 ? [`**${one.service.name}**`, steps(one)] : [steps(one)])),
    time(scope, workloads),
    ...gates(workloads, repository),
    ...migrations(scope, migrationJobs),
    '## Alerts',
    ...alerts(scope, workloads, migrationJobs),
  ].join('\n\n')}\n`;
}

function facts(scope: ServiceScope, workloads: readonly WorkloadScope[]): string {
  const { service, environment } = scope;
  const { cluster } = environment;
  return table(
    ['what', 'which'],
    [
      [workloads.length === 1 ? 'Rollout' : 'Rollouts', listed(workloads.map((one) => one.service.name))],
      ['namespace, cluster', `${code(environment.namespace)}, ${code(cluster.value)}`],
      ['Application of Argo CD', code(applicationName(scope))],
      ...(service.owner === undefined ? [] : [['owner', code(service.owner)]]),
      ...(service.routing.hosts.length === 0 ? [] : [['public hosts', listed(service.routing.hosts)]]),
    ],
  );
}

/** What an abort does to requests, by who shares them out. */
const ABORT: { readonly [Kind in RouterKind]: string } = {
  istio: 'All requests go back to the stable version, within about a second; its pods are still running.',
  alb: 'The load balancer sends all requests to the stable version again; its pods are still running.',
  gatewayApi: 'The gateway sends all requests to the stable version again; its pods are still running.',
  albTargetGroups:
    'The pods of the colour that is being exchanged go back to the version before. Shares between the colours move by commit only.',
  none: 'Pods of the new version are exchanged for stable ones; requests go back as fast as those become ready.',
};

/** With `lowOverhead` the stable pods beyond their share are gone (P14; lib/plan/rollback.ts says how long it takes). */
const abortWords = ({ strategy, routing: { router } }: Service): string =>
  strategy.kind === 'canary' && strategy.optimizeFor === 'lowOverhead' && router !== 'none'
    ? 'Requests go back to the stable version in steps, as its pods start again: `npm run -s plan` says how long that takes.'
    : ABORT[router];

const steps = (workload: WorkloadScope): string =>
  releaseWords(workload)
    .map((words, i) => `${i + 1}. ${words}`)
    .join('\n');

function time({ service }: ServiceScope, workloads: readonly WorkloadScope[]): string {
  const latest = Math.max(...workloads.map((one) => latestMinutes(one.service)));
  const person = waitsForPerson(service) ? ', the time that it waits for a person not counted' : '';
  const planned = Math.max(...workloads.map((one) => Math.round(plannedSeconds(one.service).median)));
  return `It takes about ${duration(planned)} when every gate passes at once (\`npm run -s plan\`), and is stuck after ${latest} minutes${person}.`;
}

function gates(workloads: readonly WorkloadScope[], place: string): readonly string[] {
  const uses = workloads.flatMap(({ service }) => gateUses(service.strategy));
  const all = [...new Map(uses.map((one) => [`${one.gate.name} ${one.use}`, one])).values()];
  if (all.length === 0) return ['## Gates', 'None: nothing stops a bad release of this service but a person.'];
  const queries = new Map(all.flatMap(({ gate }) => (gate.kind === 'query' ? [[gate.name, gate.query] as const] : [])));
  return [
    '## Gates',
    'A gate that fails aborts the release. One without an answer pauses it: it neither passes nor fails.',
    table(
      ['gate', 'asks', 'passes', 'is measured', 'fails'],
      all.map(({ gate, use }) => [code(gate.name), asks(gate), passes(gate), measured(gate, use), fails(gate)]),
    ),
    `The queries are in ${place}, in the AnalysisTemplates.`,
    ...[...queries].flatMap(([name, query]) => [`${code(name)}:`, block('promql', query)]),
  ];
}

const asks = ({ kind, relative, dryRun }: Gate): string =>
  `${GATE_KIND_FACTS[kind].asks}${relative ? ', compared' : ''}${dryRun ? ' (looks on only)' : ''}`;

function passes({ kind, bound, quantile }: Gate): string {
  const { direction, value } = bound;
  const amount = GATE_KIND_FACTS[kind].ratio ? `${Number((value * 100).toPrecision(12))} %` : String(value);
  const unit = kind === 'latency' ? ` s for ${Number((quantile * 100).toPrecision(12))} % of them` : '';
  return `at ${direction === 'atMost' ? 'most' : 'least'} ${amount}${unit}`;
}

const measured = ({ intervalSeconds, count, initialDelaySeconds }: Gate, use: GateUse): string => {
  const once = count === 1 && use !== 'background';
  const often = once ? OFTEN[use](count) : `every ${duration(intervalSeconds)}, ${OFTEN[use](count)}`;
  return `${often}${initialDelaySeconds === 0 ? '' : `, first after ${duration(initialDelaySeconds)}`}`;
};

const OFTEN: { readonly [U in GateUse]: (count: number) => string } = {
  step: (count) => (count === 1 ? 'once' : `${count} times`),
  background: () => 'until the release ends',
  experiment: (count) => `${count === 1 ? 'once' : `${count} times`}, in the experiment`,
};

const fails = ({ failureLimit, consecutiveErrorLimit }: Gate): string =>
  `at failure ${failureLimit + 1}, or at error ${consecutiveErrorLimit + 1} in a row`;

function migrations(scope: ServiceScope, jobs: readonly string[]): readonly string[] {
  const { migrations: given } = scope.service;
  if (given === undefined || jobs.length === 0) return [];
  const { database } = given;
  return [
    '## Migrations',
    `Database ${code(database.name)}, schema ${code(database.schema)}, on ${code(`${database.host}:${database.port}`)}. An expand ends before the new version starts; a contract runs after it is promoted.`,
    jobLogs(scope),
    'A Job that succeeded and runs with each release is gone; its log is where your logs are.',
  ];
}

/** One heading for each alert of any workload: the links of the alerts lead there. */
function alerts(
  scope: ServiceScope,
  workloads: readonly WorkloadScope[],
  migrationJobs: readonly string[],
): readonly string[] {
  return ALERTS.flatMap(({ name, severity, todo, ask }) => {
    const [question] = workloads.flatMap((one) =>
      ask({ ...one, migrationJobs: one.service.migrations === undefined ? [] : migrationJobs }),
    );
    if (question === undefined) return [];
    const after = question.forSeconds === 0 ? 'at once' : `after ${duration(Math.ceil(question.forSeconds / 60) * 60)}`;
    return [
      `### ${name}`,
      `${severity === 'critical' ? '**Critical**' : 'Warning'}, ${after}. ${todo}`,
      ...(name === 'ReleaseOutOfSync' ? [application(scope)] : []),
      ...(name === 'WeightsDiffer' || name === 'TrafficOnTwoVersions' ? [shell(release('status', scope))] : []),
    ];
  });
}
