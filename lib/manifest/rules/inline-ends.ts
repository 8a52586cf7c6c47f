import { analysesOf, type MetricAt, metricsOf, templatesOf } from '../analysis';
import { analysisTemplate, canary, example, metric } from '../example';
import { fieldAt, type KubeObject, listAt, textAt } from '../object';
import { intOf, STEPS } from '../rollout';
import type { ManifestRule } from '../rule';

const analysis = { templates: [{ templateName: 'errors' }] };
const endless = () => analysisTemplate('errors', metric({ interval: '1m' }));

export const inlineEnds: ManifestRule = {
  code: 'MAN044',
  severity: 'error',
  title: 'An analysis at a step, or around a promotion, that never ends: InvalidSpec',
  reason:
    'A metric with an interval and no count is measured for ever. In the background that is right: it ends with the steps. A step waits for its analysis, so there it has to end by itself.',
  hint: 'give the metric a count, or run it in the background',
  source:
    'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation_references.go: ValidateAnalysisTemplateWithType (P20); measured (step-analysis-without-count)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      {
        objects: [canary({ steps: [{ analysis }] }), endless()],
        paths: [`${STEPS}[0].analysis.templates[0].templateName`],
      },
    ],
    good: [
      [canary({ analysis, steps: [{ pause: {} }] }), endless()],
      [canary({ steps: [{ analysis }] }), analysisTemplate('errors', metric({ interval: '1m', count: 3 }))],
      [canary({ steps: [{ analysis }] }), analysisTemplate('errors', metric())],
      [
        canary({ steps: [{ analysis }] }),
        example('AnalysisTemplate', 'errors', {
          spec: { args: [{ name: 'n', value: '3' }], metrics: [metric({ interval: '1m', count: '{{args.n}}' })] },
        }),
      ],
    ],
  }),
  check: (group, report) => {
    for (const object of group.ofKind('Rollout')) {
      for (const at of analysesOf(object)) {
        if (at.background) continue;
        for (const { template, path } of templatesOf(group, object, at)) {
          const metric = endlessOf(template);
          if (metric === undefined) continue;
          report(object, path, `metric "${metric.name}" of "${template.metadata.name}" has an interval and no count`);
        }
      }
    }
  },
};

/** The first metric of a template that never ends, or null; several steps run the same templates. */
function endlessOf(template: KubeObject): MetricAt | undefined {
  let found = ENDLESS.get(template);
  if (found === undefined) {
    found = metricsOf(template).find((one) => isEndless(template, one.metric)) ?? null;
    ENDLESS.set(template, found);
  }
  return found ?? undefined;
}

const ENDLESS = new WeakMap<KubeObject, MetricAt | null>();

/** Validation puts the values of the template's own arguments in; what the Rollout gives does not count yet. */
function isEndless(template: KubeObject, metric: unknown): boolean {
  const count = fieldAt(metric, 'count');
  const [, name] = typeof count === 'string' ? (/^\{\{\s*args\.([^}\s]+)\s*\}\}$/.exec(count) ?? []) : [];
  const argument = name && listAt(template, 'spec.args').find((one) => textAt(one, 'name') === name);
  const given = argument ? fieldAt(argument, 'value') : count;
  return Boolean(textAt(metric, 'interval')) && (intOf(given) ?? 0) === 0;
}
