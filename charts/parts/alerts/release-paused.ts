import type { Alert } from './alert';
import { longestPauseSeconds } from './plan';
import { inPhase } from './series';

/** A pause that is longer than any that ends by itself: a step that waits for a person, or a gate that was inconclusive (P22). */
export const releasePaused: Alert = {
  name: 'ReleasePaused',
  severity: 'warning',
  todo: 'See why it is paused. Promote it when you have looked at the numbers yourself, else abort.',
  ask: (scope) => [
    {
      expr: () => inPhase(scope, 'Paused'),
      forSeconds: longestPauseSeconds(scope.service),
      summary: 'the release waits, for a person or for a gate that has no answer',
    },
  ],
};
