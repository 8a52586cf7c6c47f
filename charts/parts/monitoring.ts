import type { ManifestOf } from '@cdk8s/imports/wire';
import { HASH_LABEL, metadataOf, type ServiceScope, selectorOf, type WorkloadScope } from '../names';
import { ALERTS } from './alerts';
import type { Recorded } from './alerts/alert';
import { PHASE_SERIES, recordedPhase } from './alerts/series';
import { runbookUrl } from './runbook/place';

/**
 * Has Prometheus read each pod's proxy, and the application where a port names its metrics, with the label of the pod's
 * version: without it no gate can tell canary from stable (P26, B13). Native sidecars are found by their port's name.
 */
export function podMonitor(scope: ServiceScope): ManifestOf<'monitoring.coreos.com/v1/PodMonitor'> | undefined {
  const { service, platform } = scope;
  const interval = `${platform.prometheus.scrapeIntervalSeconds}s`;
  const metadata = metadataOf(scope);
  const endpoints = [
    ...(service.routing.mesh ? [{ port: 'http-envoy-prom', path: '/stats/prometheus', interval }] : []),
    ...service.ports.flatMap((port) =>
      port.metricsPath === undefined ? [] : [{ port: port.name, path: port.metricsPath, interval }],
    ),
  ];
  if (endpoints.length === 0) return undefined;
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { ...metadata, labels: { ...metadata.labels, ...platform.prometheus.labels } },
    spec: {
      selector: { matchLabels: selectorOf(service) },
      podTargetLabels: [HASH_LABEL],
      podMetricsEndpoints: endpoints,
    },
  };
}

const recorded = (scope: WorkloadScope): readonly Recorded[] => [
  { record: PHASE_SERIES, expr: recordedPhase(scope) },
  ...ALERTS.flatMap(({ records }) => records?.(scope) ?? []),
];

/**
 * What tells people of a release that does not go as planned. Each alert leads to its part of the service's runbook.
 * `migrationJobs`: the names of the Jobs that migrate for this release.
 */
export function prometheusRule(
  scope: WorkloadScope,
  migrationJobs: readonly string[],
): ManifestOf<'monitoring.coreos.com/v1/PrometheusRule'> {
  const { service, environment, platform } = scope;
  const metadata = metadataOf(scope);
  const labels = {
    service: service.name,
    namespace: environment.namespace,
    ...(service.owner ? { owner: service.owner } : {}),
  };
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { ...metadata, labels: { ...metadata.labels, ...platform.prometheus.labels } },
    spec: {
      groups: [
        {
          name: `${service.name}-release`,
          rules: [
            ...recorded(scope).map((one) => ({
              ...one,
              labels: { service: service.name, namespace: environment.namespace },
            })),
            ...ALERTS.flatMap(({ name, severity, ask }) =>
              ask({ ...scope, migrationJobs }).map(({ expr, forSeconds, summary }) => ({
                alert: name,
                expr: expr(),
                ...(forSeconds === 0 ? {} : { for: `${Math.ceil(forSeconds / 60)}m` }),
                labels: { severity, ...labels },
                annotations: { summary: `${service.name}: ${summary}`, runbook_url: runbookUrl(scope, name) },
              })),
            ),
          ],
        },
      ],
    },
  };
}
