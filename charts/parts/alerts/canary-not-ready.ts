import type { Alert } from './alert';
import { latestMinutes } from './plan';
import { duringRelease, notServingBefore, replicaSetsOf } from './series';

/** Pods of the new version that are wanted and not ready, those that were never made among them; the deadline may not tell it (B2, B3). */
export const canaryNotReady: Alert = {
  name: 'CanaryNotReady',
  severity: 'warning',
  todo: 'Look at the pods of this ReplicaSet: image, quota, probes, logs. Users are on the stable version as long as they are not ready.',
  ask: (scope) => {
    const pods = (metric: string) => `max by (replicaset) (kube_replicaset_${metric}{${replicaSetsOf(scope)}})`;
    const missing = `${pods('spec_replicas')} - ${pods('status_ready_replicas')} > 0`;
    return [
      {
        expr: () => `(${missing}) ${notServingBefore(scope, latestMinutes(scope.service))} ${duringRelease(scope)}`,
        forSeconds: scope.service.strategy.progressDeadlineSeconds,
        summary: 'pods of the new version ({{ $labels.replicaset }}) do not become ready',
      },
    ];
  },
};
