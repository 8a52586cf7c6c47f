import { METRIC_KINDS, metricsOf } from '../analysis';
import { analysisTemplate, example, metric } from '../example';
import { fieldAt, hasAt, listAt } from '../object';
import type { ManifestRule } from '../rule';

const prometheus = { query: 'up' };

export const metricProvider: ManifestRule = {
  code: 'MAN039',
  severity: 'error',
  title: 'A template without metrics, or a metric without exactly one provider: the second release hangs or is aborted',
  reason:
    'The controller checks metrics when it starts a run, and the first release runs none. So a template that cannot work is found by the first release that needed it: without metrics the release never goes on, without a provider it is aborted.',
  hint: 'give the template metrics with names of their own, and each metric exactly one provider',
  source:
    'Argo Rollouts 1.9.1, utils/analysis/factory.go: ValidateMetrics, ValidateMetric (B9); measured (analysis-no-metrics, analysis-no-provider)',
  kinds: METRIC_KINDS,
  examples: () => ({
    bad: [
      { objects: [analysisTemplate('errors')], paths: ['spec.metrics'] },
      { objects: [analysisTemplate('errors', metric({ provider: {} }))], paths: ['spec.metrics[0].provider'] },
      {
        objects: [analysisTemplate('errors', metric({ provider: { prometheus, datadog: { query: 'x' } } }))],
        paths: ['spec.metrics[0].provider'],
      },
      { objects: [analysisTemplate('errors', metric(), metric())], paths: ['spec.metrics[1].name'] },
    ],
    good: [
      [analysisTemplate('errors', metric(), metric({ name: 'latency' }))],
      [
        example('AnalysisTemplate', 'all', { spec: { templates: [{ templateName: 'errors' }] } }),
        analysisTemplate('errors', metric()),
      ],
    ],
  }),
  check: ({ ofKind }, report) => {
    for (const object of METRIC_KINDS.flatMap(ofKind)) {
      const metrics = metricsOf(object);
      if (metrics.length === 0 && listAt(object, 'spec.templates').length === 0) {
        report(object, 'spec.metrics', 'there are no metrics');
      }
      const names = new Set<string>();
      for (const { metric, path, name } of metrics) {
        if (names.has(name)) report(object, `${path}.name`, `two metrics are named "${name}"`);
        names.add(name);
        const wrong = faultOfProvider(metric);
        if (wrong !== undefined) report(object, `${path}.provider`, `metric "${name}" ${wrong}`);
      }
    }
  },
};

function faultOfProvider(metric: unknown): string | undefined {
  const provider = fieldAt(metric, 'provider');
  const given = typeof provider === 'object' && provider !== null ? Object.keys(provider) : [];
  const plugins = Object.keys(Object(fieldAt(provider, 'plugin')));
  const names = [...given.filter((name) => name !== 'plugin' && hasAt(provider, name)), ...plugins];
  if (names.length === 1) return undefined;
  return names.length === 0 ? 'has no provider' : `has ${names.length} providers: ${names.join(', ')}`;
}
