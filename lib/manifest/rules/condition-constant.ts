import { METRIC_KINDS } from '../analysis';
import { analysisTemplate, GUARDED, metric } from '../example';
import { CONDITIONS, gatesOf } from '../gate';
import type { ManifestRule } from '../rule';

const gate = (settings: object) => [analysisTemplate('errors', metric(settings))];
const PATH = 'spec.metrics[0].successCondition';

export const conditionConstant: ManifestRule = {
  code: 'MAN049',
  severity: 'error',
  title: 'A condition that says the same of every measurement: the gate always passes, or stops every release',
  reason:
    'A condition that does not compare `result` with anything, or compares it so that every number satisfies it, judges nothing.',
  hint: 'compare `result` with the limit that is meant, such as `result[0] >= 0.95`',
  source: 'Argo Rollouts 1.9.1, utils/evaluate/evaluate.go: EvaluateResult (B8)',
  kinds: METRIC_KINDS,
  examples: () => ({
    bad: [
      { objects: gate({ successCondition: 'true' }), paths: [PATH] },
      { objects: gate({ successCondition: 'len(result) > 0 && (result[0] < 5 || result[0] >= 5)' }), paths: [PATH] },
      { objects: gate({ successCondition: 'len(result) > 0 && result[0] < 1 && result[0] > 2' }), paths: [PATH] },
    ],
    good: [gate({ successCondition: GUARDED }), gate({ successCondition: 'len(result) > 0 && result[0] >= 0' })],
  }),
  check: (group, report) => {
    for (const gate of gatesOf(group)) {
      const { object, path, name, success, failure, profile } = gate;
      const still = CONDITIONS.filter((field) => {
        const condition = field === 'successCondition' ? success : failure;
        return condition?.asks === false;
      });
      for (const field of still) report(object, `${path}.${field}`, `metric "${name}": it does not look at result`);
      if (still.length > 0 || (success === undefined && failure === undefined)) continue;
      const always = profile?.always;
      if (always !== 'pass' && always !== 'fail') continue;
      report(
        object,
        `${path}.${gate.decides}`,
        `metric "${name}" ${always === 'pass' ? 'passes' : 'fails'} with every number`,
      );
    }
  },
};
