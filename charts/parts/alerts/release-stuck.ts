import type { Alert } from './alert';
import { latestMinutes, latestSeconds, waitsForPerson } from './plan';
import { inPhase } from './series';

/**
 * A release that takes longer than its plan. With splitting by subset a canary that never gets ready keeps the Rollout Progressing
 * and its deadline from being looked at (B2), and crashing pods can hang at any weight (B4).
 */
export const releaseStuck: Alert = {
  name: 'ReleaseStuck',
  severity: 'critical',
  todo: 'See what it waits for. If you do not know within minutes, abort: the stable pods are still running.',
  ask: (scope) => [
    {
      // A pause that a person ends is told by ReleasePaused; the time in it is nobody's fault.
      expr: () =>
        waitsForPerson(scope.service) ? inPhase(scope, 'Progressing') : inPhase(scope, 'Progressing', 'Paused'),
      forSeconds: latestSeconds(scope.service),
      summary: `the release has been going on for more than ${latestMinutes(scope.service)} minutes, which is longer than its plan`,
    },
  ],
};
