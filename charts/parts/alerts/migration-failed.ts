import type { Alert } from './alert';

/**
 * A migration Job of this release that failed. Before an expand the release does not begin; the files before the one that failed are
 * applied (B15). kube_job_failed carries one series for each value of the condition (kube-state-metrics docs/metrics/workload/job-metrics.md).
 */
export const migrationFailed: Alert = {
  name: 'MigrationFailed',
  severity: 'critical',
  todo: 'Read the log of the Job. Do not repair the schema by hand before you know which files were applied.',
  ask: ({ environment, migrationJobs }) =>
    migrationJobs.length === 0
      ? []
      : [
          {
            expr: () =>
              `max by (job_name) (kube_job_failed{namespace="${environment.namespace}",job_name=~"${migrationJobs.join('|')}",condition="true"}) > 0`,
            forSeconds: 0,
            summary: 'the migration Job {{ $labels.job_name }} failed',
          },
        ],
};
