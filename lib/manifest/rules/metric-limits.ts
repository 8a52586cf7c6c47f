import { allMetrics, METRIC_KINDS, type MetricAt } from '../analysis';
import { goSeconds } from '../duration';
import { analysisTemplate, metric } from '../example';
import { fieldAt, hasAt, textAt } from '../object';
import { intOf } from '../rollout';
import type { ManifestRule } from '../rule';

const bad = (settings: object, path: string) => ({
  objects: [analysisTemplate('errors', metric({ interval: '30s', ...settings }))],
  paths: [`spec.metrics[0].${path}`],
});

export const metricLimits: ManifestRule = {
  code: 'MAN040',
  severity: 'error',
  title: 'A metric whose numbers contradict each other: the run ends in Error, and the release is aborted',
  reason:
    'The controller validates these numbers when it starts the run, not when the template is applied. The first release runs no analysis, so the second one is aborted.',
  hint: 'give an interval where count is more than 1, and limits that count can reach',
  source:
    'Argo Rollouts 1.9.1, utils/analysis/factory.go: ValidateMetric (P20, B9); measured (analysis-count-without-interval)',
  kinds: METRIC_KINDS,
  examples: () => ({
    bad: [
      bad({ count: 3, interval: undefined }, 'interval'),
      bad({ interval: '1d' }, 'interval'),
      bad({ initialDelay: 'soon' }, 'initialDelay'),
      bad({ count: 3, failureLimit: 2, consecutiveSuccessLimit: 2 }, 'count'),
      bad({ count: 3, inconclusiveLimit: 4 }, 'inconclusiveLimit'),
      bad({ failureLimit: -1 }, 'failureLimit'),
      bad({ failureLimit: -2 }, 'failureLimit'),
      bad({ consecutiveErrorLimit: -1 }, 'consecutiveErrorLimit'),
    ],
    good: [
      [analysisTemplate('errors', metric({ interval: '30s', count: 3, failureLimit: 1, inconclusiveLimit: 1 }))],
      [analysisTemplate('errors', metric({ interval: '30s', count: 5, failureLimit: -1, consecutiveSuccessLimit: 3 }))],
    ],
  }),
  check: (group, report) => {
    for (const at of allMetrics(group)) {
      for (const [field, message] of faultsOf(at)) report(at.object, `${at.path}.${field}`, message);
    }
  },
};

function* faultsOf({ metric }: MetricAt): Generator<readonly [field: string, message: string]> {
  const number = (field: string) => intOf(fieldAt(metric, field));
  const count = number('count');
  const failures = number('failureLimit');
  const successes = number('consecutiveSuccessLimit');
  const inconclusive = number('inconclusiveLimit');
  if (successes !== undefined && successes < 0) yield ['consecutiveSuccessLimit', `${successes} is below 0`];
  if (failures !== undefined && failures < -1) yield ['failureLimit', `${failures} is below -1`];
  if (failures === -1 && successes === 0) {
    yield ['failureLimit', 'failureLimit is off, and there is no consecutiveSuccessLimit in its place'];
  }
  if (inconclusive !== undefined && inconclusive < 0) yield ['inconclusiveLimit', `${inconclusive} is below 0`];
  const errors = hasAt(metric, 'consecutiveErrorLimit') ? number('consecutiveErrorLimit') : 0;
  if (errors !== undefined && errors < 0) yield ['consecutiveErrorLimit', `${errors} is below 0`];
  if (count !== undefined && count > 0) {
    const needed = Math.max(failures ?? 0, 0) + Math.max(successes ?? 0, 0);
    if (count < needed)
      yield ['count', `count ${count} is less than failureLimit and consecutiveSuccessLimit together, ${needed}`];
    if (inconclusive !== undefined && count < inconclusive) {
      yield ['inconclusiveLimit', `inconclusiveLimit ${inconclusive} is more than count ${count}`];
    }
    if (count > 1 && !textAt(metric, 'interval')) yield ['interval', `count is ${count}, and there is no interval`];
  }
  for (const field of ['interval', 'initialDelay']) {
    const text = textAt(metric, field);
    if (text && !text.includes('{{') && goSeconds(text) === undefined) yield [field, `"${text}" is no duration`];
  }
}
