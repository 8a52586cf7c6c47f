import { GATE_KIND_FACTS } from '../../../lib/catalog/gate-kinds';
import type { Gate } from '../../../lib/catalog/service';
import type { WorkloadScope } from '../../names';
import { ofController, PHASE_SERIES, podsOf, replicaSetsOf, requestsByVersion, withReplicaSet } from '../alerts/series';
import { routedWeight, stepWeight } from '../alerts/weights';
import { gateUses } from '../gates/analysis-template';
import { CANARY_HASH, gateQuery } from '../gates/query';
import type { Field, Panel, Target } from './grafana';

/** The variables of the dashboard: the data source, and the two versions by their pod-template-hash. */
export const SOURCE = { type: 'prometheus', uid: '$datasource' } as const;
export const NEW_VERSION = 'canary';
export const OLD_VERSION = 'stable';

/** Two panels beside each other fill the width of a dashboard. */
const WIDTH = 12;
const HEIGHT = 8;

interface Drawn {
  readonly title: string;
  readonly description: string;
  readonly targets: readonly (readonly [legend: string, expr: string])[];
  readonly field: Field;
}

const LINES: Field = {
  custom: { drawStyle: 'line', lineWidth: 2, fillOpacity: 0, showPoints: 'auto', spanNulls: false },
};
/** Values that are 1 while something is so: filled blocks one above the other. */
const BLOCKS: Field = {
  min: 0,
  decimals: 0,
  custom: { drawStyle: 'line', lineInterpolation: 'stepAfter', fillOpacity: 60, showPoints: 'never', spanNulls: false },
};

/** What happens, who gets the requests, the pods; then each gate, the new version against the stable one. */
export function panels(scope: WorkloadScope): readonly Panel[] {
  return [
    phases(scope),
    verdicts(scope),
    weight(scope),
    pods(scope),
    ...gatesOf(scope).map((gate) => compared(gate, scope)),
  ].map(placed);
}

const gatesOf = ({ service }: WorkloadScope): readonly Gate[] => [
  ...new Map(gateUses(service.strategy).map(({ gate }) => [gate.name, gate])).values(),
];

function placed({ title, description, targets, field }: Drawn, index: number): Panel {
  return {
    id: index + 1,
    type: 'timeseries',
    title,
    description,
    datasource: SOURCE,
    gridPos: { h: HEIGHT, w: WIDTH, x: (index % 2) * WIDTH, y: Math.floor(index / 2) * HEIGHT },
    targets: targets.map(target),
    fieldConfig: { defaults: field, overrides: [] },
    options: { tooltip: { mode: 'multi', sort: 'desc' } },
  };
}

const target = ([legendFormat, expr]: readonly [string, string], index: number): Target => ({
  refId: String.fromCharCode('A'.charCodeAt(0) + index),
  expr,
  legendFormat,
  range: true,
});

const phases = ({ service, environment }: WorkloadScope): Drawn => ({
  title: 'Phase of the Rollout',
  description:
    'Completed: no release. Paused: at a step, or without an answer of a gate. Abort: all requests on the stable version.',
  targets: [
    ['{{phase}}', `max by (phase) (${PHASE_SERIES}{namespace="${environment.namespace}",service="${service.name}"})`],
  ],
  field: BLOCKS,
});

const verdicts = (scope: WorkloadScope): Drawn => ({
  title: 'Verdicts of the gates',
  description: 'Each gate of each AnalysisRun that Kubernetes still has, by what came out of it.',
  targets: [
    [
      '{{metric}}: {{phase}}',
      `sum by (metric, phase) (${ofController('analysis_run_metric_phase', scope, `name=~"${scope.service.name}-[a-z0-9]+-[0-9]+(-.+)?"`)} == 1)`,
    ],
  ],
  field: BLOCKS,
});

/** What the weights come to, and where somebody tells them, what the step asks for and what the router has. */
function weight(scope: WorkloadScope): Drawn {
  const requests = requestsByVersion(scope, '$__rate_interval');
  const ready = `sum by (replicaset) (kube_replicaset_status_ready_replicas{${replicaSetsOf(scope)}})`;
  return {
    title: 'Weight: share of requests by version',
    description:
      requests === undefined
        ? 'The share of ready pods: of this service no requests are measured.'
        : 'What the versions answer, as share of all.',
    targets: [
      requests === undefined
        ? ['{{replicaset}}', `${ready} / on() group_left() sum(${ready})`]
        : ['{{rollouts_pod_template_hash}}', `${requests} / on() group_left() sum(${requests})`],
      ...toldWeights(scope),
    ],
    field: { ...LINES, unit: 'percentunit', min: 0, max: 1 },
  };
}

function toldWeights(scope: WorkloadScope): Drawn['targets'] {
  const routed = routedWeight(scope);
  if (routed === undefined || scope.service.strategy.kind !== 'canary') return [];
  return [
    ['asked by the step', `max(${stepWeight(scope, 'cutover:step_weight')}) / 100`],
    ['set {{route}}', `max by (route) (${routed}) / 100`],
  ];
}

function pods(scope: WorkloadScope): Drawn {
  const series = replicaSetsOf(scope);
  const restarts = withReplicaSet(`increase(kube_pod_container_status_restarts_total{${podsOf(scope)}}[10m])`);
  return {
    title: 'Pods by version',
    description: 'Wanted, ready, and restarts of containers within 10 minutes.',
    targets: [
      ['{{replicaset}} wanted', `max by (replicaset) (kube_replicaset_spec_replicas{${series}}) > 0`],
      ['{{replicaset}} ready', `max by (replicaset) (kube_replicaset_status_ready_replicas{${series}}) > 0`],
      ['{{replicaset}} restarts', `sum by (replicaset) (${restarts}) > 0`],
    ],
    field: { ...LINES, min: 0, decimals: 0 },
  };
}

/** The question of a gate, word for word, asked of either version, with its bound as a line. */
function compared(gate: Gate, scope: WorkloadScope): Drawn {
  const { bound, kind, relative } = gate;
  const { asks, ratio } = GATE_KIND_FACTS[kind];
  const query = gateQuery(gate, scope, 'step');
  const of = (version: string) => query.replaceAll(`{{args.${CANARY_HASH}}}`, `$${version}`);
  const [good, bad] = bound.direction === 'atMost' ? ['green', 'red'] : ['red', 'green'];
  return {
    title: `Gate ${gate.name}: at ${bound.direction === 'atMost' ? 'most' : 'least'} ${bound.value}`,
    description: `${asks}${relative ? ', less the same of what it is compared with' : ''}. The line is the bound.`,
    targets: [
      [`new version $${NEW_VERSION}`, of(NEW_VERSION)],
      // A relative gate has taken the other version away already.
      ...(relative ? [] : [[`stable version $${OLD_VERSION}`, of(OLD_VERSION)] as const]),
    ],
    field: {
      ...LINES,
      ...(ratio ? { unit: 'percentunit' } : kind === 'latency' ? { unit: 's' } : {}),
      custom: { ...LINES.custom, thresholdsStyle: { mode: 'line+area' } },
      thresholds: {
        mode: 'absolute',
        steps: [
          { value: null, color: good },
          { value: bound.value, color: bad },
        ],
      },
    },
  };
}
