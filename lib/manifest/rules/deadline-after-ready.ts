import { canary } from '../example';
import { numberAt } from '../object';
import type { ManifestRule } from '../rule';

const PATH = 'spec.progressDeadlineSeconds';
const DEFAULT_SECONDS = 600;

export const deadlineAfterReady: ManifestRule = {
  code: 'MAN012',
  severity: 'error',
  title: 'A progress deadline that ends before a pod may count as ready: InvalidSpec',
  reason:
    'A pod counts as available when it was ready for minReadySeconds. A deadline that is not longer would stop every release, so the controller refuses it.',
  hint: 'make progressDeadlineSeconds longer than minReadySeconds and the start of a pod together',
  source:
    'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation.go: ValidateRolloutSpec; measured (progressDeadline-le-minReady)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: [canary({}, { minReadySeconds: 10, progressDeadlineSeconds: 10 })], paths: [PATH] },
      { objects: [canary({}, { minReadySeconds: 600 })], paths: [PATH] },
    ],
    good: [[canary({}, { minReadySeconds: 10, progressDeadlineSeconds: 60 })], [canary({})]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      const deadlineSeconds = numberAt(object, PATH) ?? DEFAULT_SECONDS;
      const readySeconds = numberAt(object, 'spec.minReadySeconds') ?? 0;
      if (deadlineSeconds <= readySeconds) {
        report(
          object,
          PATH,
          `the deadline of ${deadlineSeconds} s is not longer than minReadySeconds, ${readySeconds} s`,
        );
      }
    }
  },
};
