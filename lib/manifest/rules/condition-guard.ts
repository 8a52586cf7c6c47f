import { METRIC_KINDS } from '../analysis';
import { analysisTemplate, GUARDED, metric } from '../example';
import { gatesOf } from '../gate';
import type { ManifestRule } from '../rule';

const gate = (settings: object) => [analysisTemplate('errors', metric(settings))];
const PATH = 'spec.metrics[0].successCondition';

export const conditionGuard: ManifestRule = {
  code: 'MAN047',
  severity: 'warning',
  title: 'A condition that is an Error when the query gives nothing: a pause of the metrics aborts a good release',
  reason:
    'An empty vector has no result[0]. That is neither a failure nor inconclusive but an Error, and five in a row abort the release: while Prometheus restarts, or before the first request.',
  hint: 'ask first: `len(result) > 0 && !isNaN(result[0]) && …`, in both conditions; no answer is then inconclusive',
  source: 'Argo Rollouts 1.9.1, metricproviders/prometheus/prometheus.go, utils/evaluate/evaluate.go (P17, B8)',
  kinds: METRIC_KINDS,
  examples: () => ({
    bad: [{ objects: gate({ successCondition: 'result[0] <= 0.05' }), paths: [PATH] }],
    good: [
      gate({ successCondition: GUARDED }),
      gate({ successCondition: 'result <= 0.05', provider: { prometheus: { query: 'scalar(sum(up))' } } }),
    ],
  }),
  check: (group, report) => {
    for (const gate of gatesOf(group)) {
      const { form, profile } = gate;
      // One that is always an Error is told as such.
      if (form !== 'vector' || profile?.empty !== 'error' || profile.always === 'error') continue;
      report(
        gate.object,
        `${gate.path}.${gate.decides}`,
        `metric "${gate.name}" is an Error when its query gives nothing`,
      );
    }
  },
};
