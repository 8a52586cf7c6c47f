import { applicationName } from '../../names';
import type { Alert } from './alert';
import { duringRelease } from './series';

/** Time that a sync may take after its commit, in seconds. */
const SYNC_SECONDS = 600;

/**
 * Argo CD holds something else than Git for the service's Application while its release goes on: a newer commit that waits, a sync
 * that fails, an edit by hand. What controllers write is ignored and does not count (B6).
 */
export const outOfSync: Alert = {
  name: 'ReleaseOutOfSync',
  severity: 'warning',
  todo: 'See what differs. A commit that is not applied yet may be the fix that you wait for.',
  ask: (scope) => [
    {
      expr: () =>
        `max(argocd_app_info{name="${applicationName(scope)}",dest_namespace="${scope.environment.namespace}",sync_status="OutOfSync"}) > 0 ${duringRelease(scope)}`,
      forSeconds: SYNC_SECONDS,
      summary: 'the Application has been out of sync for 10 minutes while the release goes on',
    },
  ],
};
