import type { Alert } from './alert';
import { inPhase } from './series';

/** A release that was stopped, by a gate, its deadline or a person. The stable version serves; Git still asks for the new one (P46). */
export const releaseAborted: Alert = {
  name: 'ReleaseAborted',
  severity: 'warning',
  todo: 'Nothing is on fire: all requests go to the stable version. Find the gate that failed, then take the version back in Git.',
  ask: (scope) => [
    {
      expr: () => inPhase(scope, 'Abort'),
      forSeconds: 60,
      summary: 'the release was stopped; all traffic is on the stable version, and Git still asks for the new one',
    },
  ],
};
