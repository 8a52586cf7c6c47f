import type { ManifestOf } from '@cdk8s/imports/wire';

import { GATE_KIND_FACTS, inconclusiveLimitOf } from '../../../lib/catalog/gate-kinds';
import type { Gate } from '../../../lib/catalog/service';
import { DOMAIN, metadataOf, type ServiceScope, type WorkloadScope, type WorkloadStrategy } from '../../names';
import { BASELINE_HASH, CANARY_HASH, comparesWithStable, gateQuery, STABLE_HASH } from './query';
import type { GateUse } from './use';

interface Use {
  readonly gate: Gate;
  readonly use: GateUse;
}

const KNOWN = new WeakMap<WorkloadStrategy, readonly Use[]>();

/** Every gate with the uses that the strategy makes of it, in the order of the gates' names; made once for all who ask. */
export function gateUses(strategy: WorkloadStrategy): readonly Use[] {
  const found = KNOWN.get(strategy) ?? sortedUses(strategy);
  KNOWN.set(strategy, found);
  return found;
}

function sortedUses(strategy: WorkloadStrategy): readonly Use[] {
  const uses = new Map<string, Use>();
  for (const one of usesOf(strategy)) uses.set(templateSuffix(one.gate, one.use), one);
  return [...uses.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, use]) => use);
}

function usesOf(strategy: WorkloadStrategy): readonly Use[] {
  const all = (gates: readonly Gate[], use: GateUse) => gates.map((gate) => ({ gate, use }));
  switch (strategy.kind) {
    case 'canary':
      return [
        ...strategy.steps.flatMap((step) =>
          step.kind === 'analysis'
            ? all(step.gates, 'step')
            : step.kind === 'experiment'
              ? all(step.gates, 'experiment')
              : [],
        ),
        ...all(strategy.background?.gates ?? [], 'background'),
      ];
    case 'rolling':
      return all(strategy.background?.gates ?? [], 'background');
    case 'blueGreen':
      return [...all(strategy.prePromotionGates, 'step'), ...all(strategy.postPromotionGates, 'step')];
  }
}

/** The references of an analysis to its templates, with the args that they declare (P21). */
export function analysisOf(scope: ServiceScope, gates: readonly Gate[], use: 'step' | 'background') {
  const { service } = scope;
  const compares = gates.some((gate) => comparesWithStable(gate, scope, use));
  return {
    templates: gates.map((gate) => ({ templateName: `${service.name}${templateSuffix(gate, use)}` })),
    args: [
      { name: CANARY_HASH, valueFrom: { podTemplateHashValue: 'Latest' as const } },
      ...(compares ? [{ name: STABLE_HASH, valueFrom: { podTemplateHashValue: 'Stable' as const } }] : []),
    ],
  };
}

/** The analyses of an experiment; it goes on until all of them have spoken. */
export function experimentAnalyses({ service }: ServiceScope, gates: readonly Gate[]) {
  return gates.map((gate) => ({
    name: gate.name,
    templateName: `${service.name}${templateSuffix(gate, 'experiment')}`,
    requiredForCompletion: true,
    args: [
      { name: CANARY_HASH, value: '{{templates.canary.podTemplateHash}}' },
      { name: BASELINE_HASH, value: '{{templates.baseline.podTemplateHash}}' },
    ],
  }));
}

const SUFFIXES: { readonly [U in GateUse]: string } = {
  step: '',
  background: '-background',
  experiment: '-experiment',
};

const templateSuffix = (gate: Gate, use: GateUse): string => `-${gate.name}${SUFFIXES[use]}`;

/** More measurements are kept than Argo Rollouts' ten, so that a long release can be read afterwards (P23). */
const KEPT_MEASUREMENTS = 50;

/** The template of one gate in one use. */
export function analysisTemplate(
  scope: WorkloadScope,
  gate: Gate,
  use: GateUse,
): ManifestOf<'argoproj.io/v1alpha1/AnalysisTemplate'> {
  const { condition, opposite } = conditions(gate);
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: metadataOf(scope, templateSuffix(gate, use), { [`${DOMAIN}/asks`]: GATE_KIND_FACTS[gate.kind].asks }),
    spec: {
      args: [
        { name: CANARY_HASH },
        ...(use === 'experiment' ? [{ name: BASELINE_HASH }] : []),
        ...(comparesWithStable(gate, scope, use) ? [{ name: STABLE_HASH }] : []),
      ],
      ...(gate.dryRun ? { dryRun: [{ metricName: gate.name }] } : {}),
      measurementRetention: [{ metricName: gate.name, limit: KEPT_MEASUREMENTS }],
      metrics: [
        {
          name: gate.name,
          ...(gate.initialDelaySeconds > 0 ? { initialDelay: `${gate.initialDelaySeconds}s` } : {}),
          interval: `${gate.intervalSeconds}s`,
          ...(use === 'background' ? {} : { count: gate.count }),
          successCondition: condition,
          failureCondition: opposite,
          failureLimit: gate.failureLimit,
          inconclusiveLimit: inconclusiveLimitOf(gate, use === 'background' ? use : 'step'),
          consecutiveErrorLimit: gate.consecutiveErrorLimit,
          provider: {
            prometheus: { address: scope.platform.prometheus.address, query: gateQuery(gate, scope, use) },
          },
        },
      ],
    },
  };
}

const OPPOSITE = { '<=': '>', '>=': '<' } as const;

/**
 * Success and failure both need an answer: an empty result or NaN meets neither and is Inconclusive, never a pass
 * (P16, P17, B8). `&&` does not evaluate its right side in vain, so `result[0]` of an empty result is no error.
 */
function conditions({ bound }: Gate): { readonly condition: string; readonly opposite: string } {
  const operator = bound.direction === 'atMost' ? '<=' : '>=';
  const answered = (comparison: string) =>
    `len(result) > 0 && !isNaN(result[0]) && result[0] ${comparison} ${bound.value}`;
  return { condition: answered(operator), opposite: answered(OPPOSITE[operator]) };
}
