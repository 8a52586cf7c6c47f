import { type Case, edited, together } from './case';
import { ERRORS, ROLLOUT } from './manifests';

/** What changes the questions that stop a release. */
export const GATES: readonly Case[] = [
  {
    name: 'a threshold is higher',
    before: ERRORS,
    after: edited(ERRORS, ['<= 0.01\n', '<= 0.05\n'], ['> 0.01\n', '> 0.05\n']),
    verdict: ['changed AnalysisTemplate/errors: warning DIF090 spec.metrics[name=errors].successCondition'],
  },
  {
    name: 'a threshold is lower',
    before: ERRORS,
    after: edited(ERRORS, ['<= 0.01\n', '<= 0.001\n'], ['> 0.01\n', '> 0.001\n']),
    verdict: ['changed AnalysisTemplate/errors: info DIF180 spec.metrics[name=errors].successCondition'],
  },
  {
    name: 'a condition says the same otherwise',
    before: ERRORS,
    after: edited(ERRORS, ['result[0] <= 0.01', '0.01 >= result[0]']),
    verdict: ['changed AnalysisTemplate/errors: info DIF180 spec.metrics[name=errors].successCondition'],
  },
  {
    name: 'silence passes',
    before: ERRORS,
    after: edited(ERRORS, [
      'successCondition: len(result) > 0 && !isNaN(result[0]) && result[0] <= 0.01',
      'successCondition: len(result) == 0 || result[0] <= 0.01',
    ]),
    verdict: ['changed AnalysisTemplate/errors: warning DIF090 spec.metrics[name=errors].successCondition'],
  },
  {
    name: 'fewer measurements',
    before: ERRORS,
    after: edited(ERRORS, ['count: 10', 'count: 3']),
    verdict: ['changed AnalysisTemplate/errors: warning DIF091 spec.metrics[name=errors].count'],
  },
  {
    name: 'more measurements',
    before: ERRORS,
    after: edited(ERRORS, ['count: 10', 'count: 20']),
    verdict: ['changed AnalysisTemplate/errors: info DIF180 spec.metrics[name=errors].count'],
  },
  {
    name: 'more failures are forgiven',
    before: ERRORS,
    after: edited(ERRORS, ['failureLimit: 1', 'failureLimit: 5']),
    verdict: ['changed AnalysisTemplate/errors: warning DIF091 spec.metrics[name=errors].failureLimit'],
  },
  {
    name: 'fewer failures are forgiven',
    before: ERRORS,
    after: edited(ERRORS, ['failureLimit: 1', 'failureLimit: 0']),
    verdict: ['changed AnalysisTemplate/errors: info DIF180 spec.metrics[name=errors].failureLimit'],
  },
  {
    name: 'another question',
    before: ERRORS,
    after: edited(ERRORS, ['errors_total', 'failures_total']),
    verdict: ['changed AnalysisTemplate/errors: info DIF094 spec.metrics[name=errors].provider.prometheus.query'],
  },
  {
    name: 'asked more often',
    before: ERRORS,
    after: edited(ERRORS, ['interval: 30s', 'interval: 10s']),
    verdict: ['changed AnalysisTemplate/errors: info DIF094 spec.metrics[name=errors].interval'],
  },
  {
    name: 'a metric is silenced',
    before: ERRORS,
    after: edited(ERRORS, ['  metrics:', '  dryRun:\n    - metricName: errors\n  metrics:']),
    verdict: ['changed AnalysisTemplate/errors: warning DIF093 spec.dryRun'],
  },
  {
    name: 'a metric is not silenced any more',
    before: edited(ERRORS, ['  metrics:', '  dryRun:\n    - metricName: errors\n  metrics:']),
    after: ERRORS,
    verdict: ['changed AnalysisTemplate/errors: info DIF180 spec.dryRun'],
  },
  {
    name: 'a metric is called otherwise',
    before: ERRORS,
    after: edited(ERRORS, ['    - name: errors\n', '    - name: error-share\n']),
    verdict: ['changed AnalysisTemplate/errors: warning DIF092 spec.metrics[name=errors]'],
  },
  {
    name: 'a template in use goes',
    before: together(ROLLOUT, ERRORS),
    after: ROLLOUT,
    verdict: ['removed AnalysisTemplate/errors: error DIF050 (root)'],
  },
  {
    name: 'a template of nobody goes',
    before: ERRORS,
    after: '',
    verdict: ['removed AnalysisTemplate/errors: warning DIF052 (root)'],
  },
];
