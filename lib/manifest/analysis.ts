import { fieldAt, hasAt, type KubeObject, listAt, textAt } from './object';
import { oncePerGroup } from './pods';
import { BLUE_GREEN, CANARY, stepsOf } from './rollout';
import type { ObjectGroup } from './rule';

/** An analysis that a Rollout runs, and where it stands. */
export interface AnalysisAt {
  readonly analysis: unknown;
  readonly path: string;
  /** In the background it may run without an end; everywhere else it has to end. */
  readonly background: boolean;
}

/** The analyses of a Rollout: in the background, at steps, before and after a promotion. Several rules ask, and it never changes. */
export function analysesOf(rollout: KubeObject): readonly AnalysisAt[] {
  let found = ANALYSES.get(rollout);
  if (found === undefined) {
    found = findAnalyses(rollout);
    ANALYSES.set(rollout, found);
  }
  return found;
}

const ANALYSES = new WeakMap<KubeObject, readonly AnalysisAt[]>();

const BACKGROUND = `${CANARY}.analysis`;
const AROUND_PROMOTION = [`${BLUE_GREEN}.prePromotionAnalysis`, `${BLUE_GREEN}.postPromotionAnalysis`];

function findAnalyses(rollout: KubeObject): readonly AnalysisAt[] {
  const found: AnalysisAt[] = [];
  const add = (path: string, background: boolean): void => {
    if (hasAt(rollout, path)) found.push({ analysis: fieldAt(rollout, path), path, background });
  };
  add(BACKGROUND, true);
  for (const path of AROUND_PROMOTION) add(path, false);
  for (const { step, path } of stepsOf(rollout)) {
    if (hasAt(step, 'analysis'))
      found.push({ analysis: fieldAt(step, 'analysis'), path: `${path}.analysis`, background: false });
  }
  return found;
}

/** A template that an analysis uses, and the reference in the Rollout that leads to it. */
export interface TemplateAt {
  readonly template: KubeObject;
  readonly path: string;
}

/** The templates of an analysis that are in the group, with those that they name in turn; each once. */
export function templatesOf(group: ObjectGroup, rollout: KubeObject, at: AnalysisAt): readonly TemplateAt[] {
  const known = FOUND(group);
  let found = known.get(at.analysis);
  if (found === undefined) {
    found = findTemplates(group, rollout, at);
    known.set(at.analysis, found);
  }
  return found;
}

const FOUND = oncePerGroup(() => new Map<unknown, readonly TemplateAt[]>());

function findTemplates(group: ObjectGroup, rollout: KubeObject, { analysis, path }: AnalysisAt): readonly TemplateAt[] {
  const found = new Map<KubeObject, TemplateAt>();
  const visit = (references: readonly unknown[], pathOf: (index: number) => string): void => {
    for (const [i, reference] of references.entries()) {
      const template = findTemplate(group, rollout, reference);
      if (template === undefined || found.has(template)) continue;
      found.set(template, { template, path: pathOf(i) });
      visit(listAt(template, 'spec.templates'), () => pathOf(i));
    }
  };
  visit(listAt(analysis, 'templates'), (i) => `${path}.templates[${i}].templateName`);
  return [...found.values()];
}

function findTemplate(group: ObjectGroup, rollout: KubeObject, reference: unknown): KubeObject | undefined {
  const name = textAt(reference, 'templateName') ?? '';
  return fieldAt(reference, 'clusterScope') === true
    ? group.find('ClusterAnalysisTemplate', name)
    : group.find('AnalysisTemplate', name, rollout);
}

/** Whether every template that an analysis names is in the group. */
export function isWhole(group: ObjectGroup, rollout: KubeObject, at: AnalysisAt): boolean {
  const known = (references: readonly unknown[]): boolean =>
    references.every((reference) => findTemplate(group, rollout, reference) !== undefined);
  return (
    known(listAt(at.analysis, 'templates')) &&
    templatesOf(group, rollout, at).every(({ template }) => known(listAt(template, 'spec.templates')))
  );
}

export const TEMPLATE_KINDS = ['AnalysisTemplate', 'ClusterAnalysisTemplate'] as const;

/** The kinds that have metrics. */
export const METRIC_KINDS = [...TEMPLATE_KINDS, 'AnalysisRun'] as const;

/** A metric of a template or of a run, and where it stands. */
export interface MetricAt {
  readonly object: KubeObject;
  readonly metric: unknown;
  readonly path: string;
  readonly name: string;
}

/** The metrics of an object; several rules ask, and it never changes. */
export function metricsOf(object: KubeObject): readonly MetricAt[] {
  let found = METRICS.get(object);
  if (found === undefined) {
    found = listAt(object, 'spec.metrics').map((metric, i) => {
      return { object, metric, path: `spec.metrics[${i}]`, name: textAt(metric, 'name') ?? '' };
    });
    METRICS.set(object, found);
  }
  return found;
}

const METRICS = new WeakMap<KubeObject, readonly MetricAt[]>();

/** Every metric of a group. */
export const allMetrics = oncePerGroup(({ ofKind }): readonly MetricAt[] =>
  METRIC_KINDS.flatMap((kind) => ofKind(kind).flatMap(metricsOf)),
);
