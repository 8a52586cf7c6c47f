import { METRIC_KINDS } from '../analysis';
import { analysisTemplate, GUARDED, metric } from '../example';
import { gatesOf } from '../gate';
import type { ManifestRule } from '../rule';

const gate = (settings: object) => [
  analysisTemplate(
    'errors',
    metric({ successCondition: undefined, provider: { prometheus: { query: 'a / b' } }, ...settings }),
  ),
];
const SUCCESS = 'spec.metrics[0].successCondition';

export const gateConditions: ManifestRule = {
  code: 'MAN008',
  severity: 'error',
  title: 'A gate that passes without an answer: no condition always passes, and a lone failureCondition passes on NaN',
  reason:
    'Without conditions a measurement is Successful whatever it is. With a lone failureCondition everything passes that is not known to fail: NaN too, which is what a share of no requests is.',
  hint: 'give both conditions, each guarded by len(result) > 0 && !isNaN(result[0])',
  source: 'Argo Rollouts 1.9.1, utils/evaluate/evaluate.go (P16, P17, B8)',
  kinds: METRIC_KINDS,
  examples: () => ({
    bad: [
      { objects: gate({}), paths: [SUCCESS] },
      {
        objects: gate({ failureCondition: 'len(result) == 0 || result[0] > 0.05' }),
        paths: ['spec.metrics[0].failureCondition'],
      },
      { objects: gate({ successCondition: 'len(result) > 0 && !(result[0] > 0.05)' }), paths: [SUCCESS] },
    ],
    good: [
      gate({ successCondition: GUARDED }),
      gate({ successCondition: GUARDED, failureCondition: GUARDED.replace('<=', '>') }),
      gate({
        failureCondition: 'len(result) == 0 || result[0] > 0',
        provider: { prometheus: { query: 'sum(errors)' } },
      }),
      gate({ provider: { job: { spec: { template: { spec: { containers: [] } } } } } }),
    ],
  }),
  check: (group, report) => {
    for (const gate of gatesOf(group)) {
      const { object, path, name, success, failure, query, profile } = gate;
      if (success === undefined && failure === undefined) {
        report(object, `${path}.successCondition`, `metric "${name}" has no condition, so it always passes`);
      } else if (query !== undefined && profile?.nan === 'pass' && canBeNaN(query)) {
        report(
          object,
          `${path}.${gate.decides}`,
          `metric "${name}" passes when the query gives NaN, as 0 requests of 0 do`,
        );
      }
    }
  },
};

/** What divides can give NaN, and so can a quantile of nothing. */
const canBeNaN = (query: string): boolean =>
  /[/%]|quantile|sqrt|\bln\b|\blog(2|10)\b/.test(query.replace(/"(?:[^"\\]|\\.)*"/g, '""'));
