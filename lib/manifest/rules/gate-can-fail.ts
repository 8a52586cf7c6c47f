import { allMetrics, METRIC_KINDS } from '../analysis';
import { analysisTemplate, metric } from '../example';
import { fieldAt, hasAt } from '../object';
import { intOf } from '../rollout';
import type { ManifestRule } from '../rule';

const gate = (settings: object) => [analysisTemplate('errors', metric({ interval: '30s', ...settings }))];

export const gateCanFail: ManifestRule = {
  code: 'MAN041',
  severity: 'error',
  title: 'A gate that forgives as many failures as it measures: it passes whatever it sees',
  reason:
    'A metric fails when it has failed more often than failureLimit, and is inconclusive when it was so more often than inconclusiveLimit. What it is asked count times can do neither where the limit is not below count.',
  hint: 'make failureLimit and inconclusiveLimit less than count',
  source:
    'Argo Rollouts 1.9.1, analysis/analysis.go: assessMetricStatus (P18); measured (analysis-count-le-failureLimit)',
  kinds: METRIC_KINDS,
  examples: () => ({
    bad: [
      { objects: gate({ count: 3, failureLimit: 3 }), paths: ['spec.metrics[0].failureLimit'] },
      { objects: gate({ count: 3, inconclusiveLimit: 3 }), paths: ['spec.metrics[0].inconclusiveLimit'] },
      {
        objects: [analysisTemplate('errors', metric({ failureLimit: 1 }))],
        paths: ['spec.metrics[0].failureLimit'],
      },
    ],
    good: [
      gate({ count: 3, failureLimit: 2, inconclusiveLimit: 2 }),
      gate({ failureLimit: 3 }),
      gate({ count: 3, failureLimit: 0, consecutiveSuccessLimit: 3, inconclusiveLimit: 2 }),
    ],
  }),
  check: (group, report) => {
    for (const { object, metric, path, name } of allMetrics(group)) {
      const count = effectiveCount(metric);
      if (count === undefined || (intOf(fieldAt(metric, 'consecutiveSuccessLimit')) ?? 0) > 0) continue;
      for (const limit of ['failureLimit', 'inconclusiveLimit']) {
        const forgiven = intOf(fieldAt(metric, limit)) ?? 0;
        // More than count is told as a contradiction.
        if (forgiven < count || (forgiven > count && hasAt(metric, 'count'))) continue;
        const times = count === 1 ? 'once' : `${count} times`;
        report(object, `${path}.${limit}`, `metric "${name}" is measured ${times}, and ${limit} forgives ${forgiven}`);
      }
    }
  },
};

/** How often a metric is measured; undefined where that has no end, or an argument says it. */
function effectiveCount(metric: unknown): number | undefined {
  const count = intOf(fieldAt(metric, 'count'));
  if (count !== 0) return count !== undefined && count > 0 ? count : undefined;
  return fieldAt(metric, 'interval') ? undefined : 1;
}
