import { analysisTemplate, canary, metric } from '../example';
import { hasAt, numberAt } from '../object';
import { CANARY, STEPS, stepsOf } from '../rollout';
import type { ManifestRule } from '../rule';

const PATH = `${CANARY}.analysis.startingStep`;
const rollout = (startingStep: number | undefined, ...steps: readonly object[]) => [
  canary({
    analysis: { templates: [{ templateName: 'errors' }], ...(startingStep === undefined ? {} : { startingStep }) },
    ...(steps.length === 0 ? {} : { steps }),
  }),
  analysisTemplate('errors', metric({ interval: '1m' })),
];
const steps = [{ setWeight: 10 }, { pause: { duration: '5m' } }];

export const startingStep: ManifestRule = {
  code: 'MAN045',
  severity: 'error',
  title: 'An analysis in the background that begins after the last step: it never runs',
  reason:
    'The first step is 0. An analysis in the background runs from startingStep on, and ends when the steps do; one that begins after the last of them judges nothing.',
  hint: 'set startingStep to the index of the first step with traffic; the first step is 0',
  source:
    'Argo Rollouts 1.9.1, utils/replicaset/canary.go: BeforeStartingStep (P19); measured (analysis-startingStep-99)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: rollout(2, ...steps), paths: [PATH] },
      { objects: rollout(-1, ...steps), paths: [PATH] },
    ],
    good: [rollout(1, ...steps), rollout(undefined, ...steps)],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      const start = numberAt(object, PATH);
      if (start === undefined) continue;
      const { length } = stepsOf(object);
      if (length === 0 && !hasAt(object, STEPS)) {
        if (start > 0) report(object, PATH, 'there are no steps, so there is nothing to begin at');
      } else if (start >= length || start < 0) {
        report(object, PATH, `startingStep is ${start}, and the steps are 0 to ${length - 1}`);
      }
    }
  },
};
