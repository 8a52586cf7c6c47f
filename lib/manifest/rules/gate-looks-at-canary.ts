import { analysesOf, METRIC_KINDS, metricsOf, templatesOf } from '../analysis';
import { analysisTemplate, canary, metric } from '../example';
import { hasAt, type KubeObject, textAt } from '../object';
import { CANARY } from '../rollout';
import type { ManifestRule } from '../rule';

const QUERY = 'provider.prometheus.query';

const gate = (query: string) => analysisTemplate('errors', metric({ provider: { prometheus: { query } } }));
const rollout = canary({
  analysis: { templates: [{ templateName: 'errors' }] },
  steps: [{ setWeight: 10 }, { pause: { duration: '60s' } }],
});

export const gateLooksAtCanary: ManifestRule = {
  code: 'MAN140',
  severity: 'warning',
  title: 'The query of a gate does not look at the canary: a bad canary hides behind a good stable version',
  reason:
    "A query over a whole service sees the canary's errors diluted by its weight: at 10 % a canary that fails half of its requests adds 5 points. Nothing in the query tells the versions apart, so an abort depends on the weight.",
  hint: 'choose the series of the canary: pass podTemplateHashValue: Latest as an argument, or name the canary Service',
  source: 'Argo Rollouts docs, features/analysis.md: canary metadata and podTemplateHashValue (P26)',
  kinds: METRIC_KINDS,
  examples: () => ({
    bad: [
      { objects: [rollout, gate('sum(rate(errors_total{service="web"}[1m]))')], paths: [`spec.metrics[0].${QUERY}`] },
    ],
    good: [[rollout, gate('sum(rate(errors_total{track="canary"}[1m]))')], [gate('sum(rate(errors_total[1m]))')]],
  }),
  check: (group, report) => {
    const told = new Set<KubeObject>();
    for (const rollout of group.ofKind('Rollout')) {
      if (!hasAt(rollout, CANARY)) continue;
      const canaryService = textAt(rollout, `${CANARY}.canaryService`);
      for (const at of analysesOf(rollout)) {
        for (const { template } of templatesOf(group, rollout, at)) {
          if (told.has(template)) continue;
          told.add(template);
          for (const { metric, path, name } of metricsOf(template)) {
            const query = textAt(metric, QUERY);
            if (query === undefined || tellsVersions(query, canaryService)) continue;
            report(template, `${path}.${QUERY}`, `metric "${name}" looks at both versions of ${rollout.metadata.name}`);
          }
        }
      }
    }
  },
};

/** Whether anything in a query may choose the canary: an argument, the word, or its Service. */
const tellsVersions = (query: string, canaryService: string | undefined): boolean =>
  query.includes('{{') || /canary/i.test(query) || (canaryService !== undefined && query.includes(canaryService));
