import type { Alert } from './alert';
import { inPhase, requestsByVersion } from './series';

/** What Prometheus looks back over, and how long the pods of the old version may take to end their last requests, in seconds. */
const WINDOW_SECONDS = 120;
const SETTLED_SECONDS = 300;

/**
 * Two versions that answer requests while no release is going on. Then the weights can only be 100 and 0, so that any other share is
 * one that the step does not say: weights that were set back or edited, clients that go round the router, an abort that did not get
 * through (B1, B6, B14). While a release goes on no metric tells its step; `release status` compares the two.
 */
export const trafficOnTwoVersions: Alert = {
  name: 'TrafficOnTwoVersions',
  severity: 'critical',
  todo: 'Compare the weights of the route with what the Rollout asks for. After an abort the bad version is still being used.',
  ask: (scope) => {
    const requests = requestsByVersion(scope, `${WINDOW_SECONDS}s`);
    const { preStopSeconds, drainSeconds } = scope.service.shutdown;
    if (requests === undefined) return [];
    return [
      {
        expr: () => `count(${requests} > 0) > 1 and on() (${inPhase(scope, 'Abort', 'Completed')})`,
        forSeconds: Math.max(SETTLED_SECONDS, WINDOW_SECONDS + preStopSeconds + drainSeconds),
        summary: 'two versions answer requests although no release is going on',
      },
    ];
  },
};
