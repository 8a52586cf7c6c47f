import { canary } from '../example';
import { fieldAt } from '../object';
import { CANARY } from '../rollout';
import type { ManifestRule } from '../rule';

export const surgeOrUnavailable: ManifestRule = {
  code: 'MAN011',
  severity: 'error',
  title: 'maxSurge and maxUnavailable are both 0: InvalidSpec, no pod could ever be replaced',
  reason:
    'A pod is replaced either after another was added or after one was taken away. With both at 0 neither may happen.',
  hint: 'set maxSurge to at least 1, and keep maxUnavailable at 0',
  source:
    'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation.go: invalidMaxSurgeMaxUnavailable; measured (surge-and-unavailable-zero)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: [canary({ maxSurge: 0, maxUnavailable: 0 })], paths: [`${CANARY}.maxSurge`] },
      { objects: [canary({ maxSurge: '0%', maxUnavailable: '0' })], paths: [`${CANARY}.maxSurge`] },
    ],
    good: [[canary({ maxSurge: 1, maxUnavailable: 0 })], [canary({ maxUnavailable: 0 })], [canary({ maxSurge: 0 })]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      const strategy = fieldAt(object, CANARY);
      const surge = fieldAt(strategy, 'maxSurge');
      const unavailable = fieldAt(strategy, 'maxUnavailable');
      if (isZero(surge) && isZero(unavailable)) {
        report(object, `${CANARY}.maxSurge`, 'maxSurge and maxUnavailable are both 0');
      }
    }
  },
};

/** As Go reads an int or a percentage; 25 % where none is given. A text that is neither counts as 0. */
function isZero(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  return typeof value === 'number' ? value === 0 : typeof value === 'string' && !/^\+?0*[1-9]\d*%?$/.test(value);
}
