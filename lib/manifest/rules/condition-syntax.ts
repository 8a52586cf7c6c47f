import { METRIC_KINDS } from '../analysis';
import { analysisTemplate, GUARDED, metric } from '../example';
import { CONDITIONS, gatesOf } from '../gate';
import type { ManifestRule } from '../rule';

const gate = (successCondition: string, query?: string) => [
  analysisTemplate(
    'errors',
    metric({ successCondition, ...(query === undefined ? {} : { provider: { prometheus: { query } } }) }),
  ),
];
const PATH = 'spec.metrics[0].successCondition';

export const conditionSyntax: ManifestRule = {
  code: 'MAN046',
  severity: 'error',
  title:
    'A condition that cannot be worked out: every measurement is an Error, and five of them abort or none is counted',
  reason:
    'Nothing reads a condition before the first measurement. Each one that cannot be worked out is an Error: five in a row abort the release, and where the steps end earlier the run counts as Successful.',
  hint: 'write it as an expression over `result`, such as `len(result) > 0 && result[0] >= 0.95`; a vector is a list, a scalar is none',
  source:
    'Argo Rollouts 1.9.1, utils/evaluate/evaluate.go: EvalCondition (B8); measured (analysis-bad-condition-syntax)',
  kinds: METRIC_KINDS,
  examples: () => ({
    bad: [
      { objects: gate('result[0] >=< 0.95'), paths: [PATH] },
      { objects: gate('reslt[0] >= 0.95'), paths: [PATH] },
      { objects: gate('result >= 0.95'), paths: [PATH] },
      { objects: gate('result[0]'), paths: [PATH] },
      { objects: gate('len(result) > 0 && result[0] >= 0.95', 'scalar(sum(up))'), paths: [PATH] },
    ],
    good: [[...gate(GUARDED)], gate('!isNaN(result) && result >= 0.95', 'scalar(sum(up))')],
  }),
  check: (group, report) => {
    for (const gate of gatesOf(group)) {
      const { object, path, name, success, failure, form, profile } = gate;
      for (const field of CONDITIONS) {
        const fault = (field === 'successCondition' ? success : failure)?.fault;
        if (fault !== undefined) report(object, `${path}.${field}`, `metric "${name}": ${fault}`);
      }
      if (profile?.always !== 'error') continue;
      const given = form === 'scalar' ? 'a number: use `result`' : 'a list of numbers: use `result[0]`';
      report(
        object,
        `${path}.${gate.decides}`,
        `metric "${name}": it is neither true nor false; the query gives ${given}`,
      );
    }
  },
};
