import type { Alert } from './alert';
import { latestMinutes } from './plan';
import { duringRelease, notServingBefore, podsOf, withReplicaSet } from './series';

/** Restarts of the new version's containers: a canary that crashes is not seen by the application's own metrics (B4). */
export const canaryRestarting: Alert = {
  name: 'CanaryRestarting',
  severity: 'warning',
  todo: 'Read the logs of the container before its last restart, then abort.',
  ask: (scope) => {
    const restarts = `increase(kube_pod_container_status_restarts_total{${podsOf(scope)}}[10m])`;
    return [
      {
        expr: () =>
          `(sum by (replicaset) (${withReplicaSet(restarts)}) > 0) ${notServingBefore(scope, latestMinutes(scope.service))} ${duringRelease(scope)}`,
        forSeconds: 60,
        summary: 'containers of the new version ({{ $labels.replicaset }}) restart',
      },
    ];
  },
};
