import type { Alert } from './alert';
import { podsOf } from './series';

/** Pods of any version that are there, not about to go, and not ready. */
export const podsNotReady: Alert = {
  name: 'PodsNotReady',
  severity: 'warning',
  todo: 'Look at the events of the pods that are not ready, and at what they depend on.',
  ask: (scope) => {
    const pods = podsOf(scope);
    return [
      {
        expr: () =>
          `sum(kube_pod_status_ready{${pods},condition="false"} unless on(pod) kube_pod_deletion_timestamp{${pods}}) > 0`,
        forSeconds: 600,
        summary: 'pods have not been ready for 10 minutes',
      },
    ];
  },
};
