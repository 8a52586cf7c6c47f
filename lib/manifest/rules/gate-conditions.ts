import { example } from '../example';
import { type KubeObject, listAt, textAt } from '../object';
import type { ManifestRule } from '../rule';

const template = (metric: Readonly<Record<string, unknown>>): KubeObject =>
  example('AnalysisTemplate', 'errors', {
    spec: { metrics: [{ name: 'errors', provider: { prometheus: { query: 'up' } }, ...metric }] },
  });

const GUARDED = 'len(result) > 0 && !isNaN(result[0]) && result[0]';

export const gateConditions: ManifestRule = {
  code: 'MAN008',
  severity: 'error',
  title: 'A gate that passes without an answer: no condition always passes, and a lone failureCondition passes on NaN',
  reason:
    'Without conditions a measurement is Successful whatever it is. With a lone failureCondition everything passes that is not known to fail: NaN too.',
  hint: 'give both conditions, each guarded by len(result) > 0 && !isNaN(result[0])',
  source: 'Argo Rollouts 1.9.1, utils/evaluate/evaluate.go (P16, P17, B8)',
  kinds: ['AnalysisTemplate'],
  examples: () => ({
    bad: [
      { objects: [template({})], paths: ['spec.metrics[0].successCondition'] },
      { objects: [template({ failureCondition: `${GUARDED} > 1` })], paths: ['spec.metrics[0].successCondition'] },
      {
        objects: [template({ successCondition: 'result[0] <= 1', failureCondition: `${GUARDED} > 1` })],
        paths: ['spec.metrics[0].successCondition'],
      },
    ],
    good: [[template({ successCondition: `${GUARDED} <= 1`, failureCondition: `${GUARDED} > 1` })]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('AnalysisTemplate')) {
      for (const [i, metric] of listAt(object, 'spec.metrics').entries()) {
        const success = textAt(metric, 'successCondition');
        const path = `spec.metrics[${i}].successCondition`;
        const name = textAt(metric, 'name') ?? '';
        if (success === undefined) report(object, path, `metric "${name}" passes without a successCondition`);
        else if (!/len\(result\) > 0/.test(success) || !/!isNaN\(result\[0\]\)/.test(success)) {
          report(object, path, `metric "${name}" does not ask whether there is an answer`);
        }
      }
    }
  },
};
