import type { ManifestOf } from '@cdk8s/imports/wire';
import { inconclusiveLimitOf } from '../../../lib/catalog/complete/gates';
import { GATE_KIND_FACTS } from '../../../lib/catalog/gate-kinds';
import type { Gate, Strategy } from '../../../lib/catalog/service';
import { DOMAIN, metadataOf, type ServiceScope } from '../../names';
import { CANARY_HASH, GATE_QUERIES } from './query';

/** Where a gate is asked: at a step it ends after its count, in the background it is measured until the steps end (P20). */
export type GateUse = 'step' | 'background';

/** Every gate with the uses that the strategy makes of it, in the order of the gates' names. */
export function gateUses(strategy: Strategy): readonly { readonly gate: Gate; readonly use: GateUse }[] {
  const uses = new Map<string, { readonly gate: Gate; readonly use: GateUse }>();
  const add = (gate: Gate, use: GateUse) => uses.set(templateSuffix(gate, use), { gate, use });
  for (const step of strategy.steps) if (step.kind === 'analysis') for (const gate of step.gates) add(gate, 'step');
  for (const gate of strategy.background?.gates ?? []) add(gate, 'background');
  return [...uses.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, use]) => use);
}

/** The references of an analysis to its templates, with the arg that they all declare (P21). */
export function analysisOf({ service }: ServiceScope, gates: readonly Gate[], use: GateUse) {
  return {
    templates: gates.map((gate) => ({ templateName: `${service.name}${templateSuffix(gate, use)}` })),
    args: [{ name: CANARY_HASH, valueFrom: { podTemplateHashValue: 'Latest' as const } }],
  };
}

function templateSuffix(gate: Gate, use: GateUse): string {
  return use === 'step' ? `-${gate.name}` : `-${gate.name}-background`;
}

/** More measurements are kept than Argo Rollouts' ten, so that a long release can be read afterwards (P23). */
const KEPT_MEASUREMENTS = 50;

/** The template of one gate in one use. */
export function analysisTemplate(
  scope: ServiceScope,
  gate: Gate,
  use: GateUse,
): ManifestOf<'argoproj.io/v1alpha1/AnalysisTemplate'> {
  const { condition, opposite } = conditions(gate);
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: metadataOf(scope, templateSuffix(gate, use), { [`${DOMAIN}/asks`]: GATE_KIND_FACTS[gate.kind].asks }),
    spec: {
      args: [{ name: CANARY_HASH }],
      ...(gate.dryRun ? { dryRun: [{ metricName: gate.name }] } : {}),
      measurementRetention: [{ metricName: gate.name, limit: KEPT_MEASUREMENTS }],
      metrics: [
        {
          name: gate.name,
          ...(gate.initialDelaySeconds > 0 ? { initialDelay: `${gate.initialDelaySeconds}s` } : {}),
          interval: `${gate.intervalSeconds}s`,
          ...(use === 'step' ? { count: gate.count } : {}),
          successCondition: condition,
          failureCondition: opposite,
          failureLimit: gate.failureLimit,
          inconclusiveLimit: inconclusiveLimitOf(gate, use),
          consecutiveErrorLimit: gate.consecutiveErrorLimit,
          provider: {
            prometheus: { address: scope.platform.prometheus.address, query: GATE_QUERIES[gate.kind](gate, scope) },
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
