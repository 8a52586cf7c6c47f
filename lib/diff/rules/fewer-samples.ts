import { analysisTemplate, metric } from '../../manifest/example';
import { fieldAt, hasAt, nameOf } from '../../manifest/object';
import { intOf } from '../../manifest/rollout';
import { pairOf } from '../example';
import { metricPairs, powerOf } from '../gates';
import type { DiffRule } from '../rule';

const template = (settings: object) =>
  analysisTemplate('errors', metric({ interval: '30s', count: 10, failureLimit: 1, ...settings }));

/** Settings by which a gate looks less, and which way that is. */
const SETTINGS: readonly {
  readonly key: string;
  readonly usual: number;
  readonly weaker: 'less' | 'more';
  readonly told: string;
}[] = [
  { key: 'count', usual: 1, weaker: 'less', told: 'measurements are taken' },
  { key: 'failureLimit', usual: 0, weaker: 'more', told: 'failures are forgiven' },
  { key: 'inconclusiveLimit', usual: 0, weaker: 'more', told: 'answers that say nothing are forgiven' },
  { key: 'consecutiveErrorLimit', usual: 4, weaker: 'more', told: 'errors in a row are forgiven' },
  { key: 'consecutiveSuccessLimit', usual: 0, weaker: 'less', told: 'successes in a row are asked for' },
];

export const fewerSamples: DiffRule = {
  code: 'DIF091',
  severity: 'warning',
  title: 'Weakens a gate: it takes fewer measurements, or forgives more of them',
  reason:
    'A gate fails when more than failureLimit measurements fail. The fewer it takes and the more it forgives, the more of the bad releases it lets through.',
  hint: 'keep the share of forgiven measurements; take more of them rather than forgive more',
  source: 'Argo Rollouts 1.9.1, analysis/analysis.go: assessMetricStatus (P18)',
  kinds: ['AnalysisTemplate', 'ClusterAnalysisTemplate'],
  counted: ['gate is weaker', 'gates are weaker'],
  examples: () => ({
    has: [
      { ...pairOf(template({}), template({ count: 3 })), paths: ['spec.metrics[name=errors].count'] },
      { ...pairOf(template({}), template({ failureLimit: 5 })), paths: ['spec.metrics[name=errors].failureLimit'] },
    ],
    hasNot: [pairOf(template({}), template({ count: 20 })), pairOf(template({}), template({ failureLimit: 0 }))],
  }),
  check: ({ before, after }, _, tell) => {
    if (before === undefined || after === undefined) return;
    for (const { name, before: then, after: now } of metricPairs(before.object, after.object)) {
      if (then === undefined || now === undefined) continue;
      for (const { key, usual, weaker, told } of SETTINGS) {
        // Without a count a metric with an interval is measured until it is stopped.
        if (key === 'count' && (!hasAt(then, 'count') || !hasAt(now, 'count'))) continue;
        const [was, is] = [intOf(fieldAt(then, key) ?? usual), intOf(fieldAt(now, key) ?? usual)];
        if (was === undefined || is === undefined || (weaker === 'less' ? is >= was : is <= was)) continue;
        const power = key === 'count' || key === 'failureLimit' ? powerTold(then, now) : '';
        tell(
          `spec.metrics[name=${name}].${key}`,
          `${nameOf(after.object)}: of "${name}" ${is} ${told}, not ${was}${power}`,
        );
      }
    }
  },
};

/** How much less often a bad version is stopped, where the numbers tell it. */
function powerTold(before: unknown, after: unknown): string {
  const [was, is] = [powerOf(before), powerOf(after)];
  if (was === undefined || is === undefined || Math.round(is * 100) >= Math.round(was * 100)) return '';
  return `; a version that fails half of its measurements is stopped in ${Math.round(is * 100)} % of runs, not ${Math.round(was * 100)} %`;
}
