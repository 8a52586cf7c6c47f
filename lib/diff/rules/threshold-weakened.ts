import { analysisTemplate, metric } from '../../manifest/example';
import { nameOf, textAt } from '../../manifest/object';
import { pairOf } from '../example';
import { compareConditions, metricPairs } from '../gates';
import type { DiffRule } from '../rule';

const upTo = (share: number) =>
  analysisTemplate(
    'errors',
    metric({ successCondition: `len(result) > 0 && !isNaN(result[0]) && result[0] <= ${share}` }),
  );

export const thresholdWeakened: DiffRule = {
  code: 'DIF090',
  severity: 'warning',
  title: 'Weakens a gate: a measurement passes that failed before',
  reason:
    'Both versions of the conditions were asked about the same measurements, as Argo Rollouts would ask them. Releases that the gate stopped until now go on.',
  hint: 'say in the pull request what was measured that asks for it; change a gate apart from the release that it would judge',
  source: 'Argo Rollouts 1.9.1, utils/evaluate/evaluate.go: EvaluateResult',
  kinds: ['AnalysisTemplate', 'ClusterAnalysisTemplate'],
  counted: ['gate is weaker', 'gates are weaker'],
  examples: () => ({
    has: [{ ...pairOf(upTo(0.01), upTo(0.05)), paths: ['spec.metrics[name=errors].successCondition'] }],
    hasNot: [
      pairOf(upTo(0.05), upTo(0.01)),
      pairOf(
        upTo(0.05),
        analysisTemplate(
          'errors',
          metric({ successCondition: 'len(result) > 0 && !isNaN(result[0]) && 0.05 >= result[0]' }),
        ),
      ),
    ],
  }),
  check: ({ before, after }, _, tell) => {
    if (before === undefined || after === undefined) return;
    for (const { name, before: then, after: now } of metricPairs(before.object, after.object)) {
      if (then === undefined || now === undefined) continue;
      const field = (['successCondition', 'failureCondition'] as const).find(
        (key) => textAt(then, key) !== textAt(now, key),
      );
      if (field === undefined) continue;
      const compared = compareConditions(before.object, after.object, name);
      if (compared === undefined || compared.looser === undefined) continue;
      tell(
        `spec.metrics[name=${name}].${field}`,
        `${nameOf(after.object)}: "${name}" lets ${compared.looser} pass, which it did not before`,
      );
    }
  },
};
