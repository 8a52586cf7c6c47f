import { API_VERSIONS, type KnownKind } from './kinds';
import type { KubeObject } from './object';

type Content = Readonly<Record<string, unknown>>;

/** An object for the examples of a rule: of a known kind, with what the rule looks at. */
export function example(
  kind: KnownKind,
  name: string,
  content: Content = {},
  metadata: Omit<KubeObject['metadata'], 'name'> = {},
): KubeObject {
  const whole = kind === 'Rollout' ? { ...content, spec: wholeRollout(name, recordOf(content.spec)) } : content;
  return { apiVersion: API_VERSIONS[kind], kind, metadata: { name, ...metadata }, ...whole };
}

/** A Rollout has pods of its own and a strategy; an example says what it is about, and `null` for what it has not. */
function wholeRollout(name: string, spec: Content): Content {
  const template = recordOf(spec.template);
  const labels = recordOf(recordOf(spec.selector).matchLabels ?? { app: name });
  return {
    selector: { matchLabels: labels },
    strategy: { canary: {} },
    ...spec,
    ...(spec.workloadRef === undefined ? { template: { metadata: { labels }, ...template } } : {}),
  };
}

const recordOf = (value: unknown): Content =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

/** A Rollout with a canary strategy. */
export const canary = (strategy: Content, spec: Content = {}): KubeObject =>
  example('Rollout', 'web', { spec: { ...spec, strategy: { canary: strategy } } });

/** A condition that says no more than it knows. */
export const GUARDED = 'len(result) > 0 && !isNaN(result[0]) && result[0] <= 0.05';

/** A metric that asks Prometheus, and how it is judged. */
export const metric = (settings: object = {}): Content => ({
  name: 'errors',
  successCondition: GUARDED,
  provider: { prometheus: { query: 'sum(rate(errors_total{track="canary"}[1m]))' } },
  ...settings,
});

/** An AnalysisTemplate with metrics. */
export const analysisTemplate = (name: string, ...metrics: readonly Content[]): KubeObject =>
  example('AnalysisTemplate', name, { spec: { metrics } });
