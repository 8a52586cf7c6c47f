import type { Alert } from './alert';
import { podsOf } from './series';

/** Containers of any version that keep restarting, whether a release goes on or not. */
export const podsRestarting: Alert = {
  name: 'PodsRestarting',
  severity: 'warning',
  todo: 'Read the logs of the container before its last restart. If it began with a release, take the version back.',
  ask: (scope) => [
    {
      expr: () => `sum(increase(kube_pod_container_status_restarts_total{${podsOf(scope)}}[10m])) > 2`,
      forSeconds: 60,
      summary: 'containers keep restarting',
    },
  ],
};
