import { METRIC_KINDS } from '../analysis';
import { analysisTemplate, GUARDED, metric } from '../example';
import { childrenOf, type Expr } from '../expr/ast';
import { CONDITIONS, gatesOf } from '../gate';
import { hasAt } from '../object';
import type { ManifestRule } from '../rule';

const range = (successCondition: string) => [
  analysisTemplate(
    'errors',
    metric({
      successCondition,
      provider: {
        prometheus: { query: 'sum(errors)', rangeQuery: { start: 'now() - duration("5m")', end: 'now()', step: '1m' } },
      },
    }),
  ),
];

export const rangeJudgedWhole: ManifestRule = {
  code: 'MAN132',
  severity: 'warning',
  title: 'A range of which only one value is judged: what was measured before or after it does not count',
  reason:
    'A range query gives one value for each step, the oldest first. `result[0]` is the oldest: that of the version before, when the range reaches back so far.',
  hint: 'judge all of them, `len(result) > 0 && all(result, # <= 0.05)`, or use an instant query',
  source: 'Argo Rollouts 1.9.1, metricproviders/prometheus/prometheus.go: processResponse of a matrix (P23)',
  kinds: METRIC_KINDS,
  examples: () => ({
    bad: [{ objects: range(GUARDED), paths: ['spec.metrics[0].successCondition'] }],
    good: [range('len(result) > 0 && all(result, {!isNaN(#) && # <= 0.05})')],
  }),
  check: (group, report) => {
    for (const gate of gatesOf(group)) {
      if (gate.query === undefined || !hasAt(gate.metric, 'provider.prometheus.rangeQuery')) continue;
      for (const field of CONDITIONS) {
        const expr = (field === 'successCondition' ? gate.success : gate.failure)?.expr;
        if (expr === undefined || !asksOne(expr) || asksAll(expr)) continue;
        report(gate.object, `${gate.path}.${field}`, `metric "${gate.name}" judges one value of its range`);
      }
    }
  },
};

/** Whether one item of `result` is looked at. */
const asksOne = (expr: Expr): boolean =>
  (expr.kind === 'member' && expr.of.kind === 'name' && expr.of.name === 'result') || childrenOf(expr).some(asksOne);

/** Whether a function looks at all of them; `len` counts them only. */
const asksAll = (expr: Expr): boolean =>
  (expr.kind === 'builtin' && expr.name !== 'len' && expr.args[0]?.kind === 'name') || childrenOf(expr).some(asksAll);
