import type { Alert } from './alert';
import { inPhase } from './series';

/** A Rollout that the controller refuses, or cannot carry out: nothing of a new version will start, and nothing goes on by itself. */
export const releaseDegraded: Alert = {
  name: 'ReleaseDegraded',
  severity: 'critical',
  todo: 'Read the message of the controller: a refused spec, a ReplicaSet that cannot be made, or a deadline that has passed.',
  ask: (scope) => [
    {
      expr: () => inPhase(scope, 'InvalidSpec', 'Error', 'Timeout'),
      forSeconds: 60,
      summary: 'the controller refuses the Rollout or cannot carry it out',
    },
  ],
};
