import type { ManifestOf } from '@cdk8s/imports/wire';
import { releaseSeconds } from '../../lib/catalog/duration';
import { HASH_LABEL, metadataOf, type ServiceScope, selectorOf, type WorkloadScope } from '../names';
import { comparison } from './gates/query';

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

/** Time that a release may be late before somebody is told, in seconds. */
const GRACE_SECONDS = 300;

/**
 * Alerts for releases that nobody would see hanging: with splitting by subset a canary that never gets ready keeps the
 * Rollout Progressing and its deadline from being looked at (B2), and crashing pods can hang at any weight (B4).
 */
export function prometheusRule(scope: WorkloadScope): ManifestOf<'monitoring.coreos.com/v1/PrometheusRule'> {
  const { service, environment, platform } = scope;
  const metadata = metadataOf(scope);
  const pods = `namespace="${environment.namespace}",pod=~"${service.name}-[a-z0-9]+-[a-z0-9]+"`;
  const latest = Math.ceil((releaseSeconds(service) + service.strategy.progressDeadlineSeconds + GRACE_SECONDS) / 60);
  const alert = (
    name: string,
    expr: string,
    forMinutes: number,
    severity: 'critical' | 'warning',
    summary: string,
  ) => ({
    alert: name,
    expr,
    for: `${forMinutes}m`,
    labels: {
      severity,
      service: service.name,
      namespace: environment.namespace,
      ...(service.owner ? { owner: service.owner } : {}),
    },
    annotations: { summary },
  });
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { ...metadata, labels: { ...metadata.labels, ...platform.prometheus.labels } },
    spec: {
      groups: [
        {
          name: `${service.name}-release`,
          rules: [
            alert(
              'ReleaseStuck',
              rolloutInfo(scope, 'Progressing'),
              latest,
              'critical',
              `${service.name}: the release has been progressing for more than ${latest} minutes`,
            ),
            alert(
              'ReleaseFailed',
              rolloutInfo(scope, 'Abort|Timeout|Error|InvalidSpec'),
              1,
              'critical',
              `${service.name}: the release was stopped; all traffic is on the stable version`,
            ),
            alert(
              'ReleasePaused',
              rolloutInfo(scope, 'Paused'),
              latest,
              'warning',
              `${service.name}: the release waits, for a person or for a gate that has no answer`,
            ),
            alert(
              'PodsRestarting',
              `sum(increase(kube_pod_container_status_restarts_total{${pods}}[10m])) > 2`,
              1,
              'warning',
              `${service.name}: containers keep restarting`,
            ),
            alert(
              'PodsNotReady',
              `sum(kube_pod_status_ready{${pods},condition="false"} unless on(pod) kube_pod_deletion_timestamp{${pods}}) > 0`,
              10,
              'warning',
              `${service.name}: pods have not been ready for 10 minutes`,
            ),
            ...comparisons(scope).map(({ gate, expr, control }) =>
              alert(
                'VariantWorse',
                expr,
                5,
                'warning',
                `${service.name}: worse than ${control} by more than gate "${gate.name}" allows; take the variant out of the test`,
              ),
            ),
          ],
        },
      ],
    },
  };
}

/** While a test lasts its gates stand as alerts: between two releases nothing else would ask them. */
function comparisons(scope: WorkloadScope) {
  const { strategy } = scope.service;
  if (strategy.kind !== 'rolling' || strategy.comparedWith === undefined) return [];
  const control = strategy.comparedWith;
  return (strategy.background?.gates ?? []).map((gate) => ({
    gate,
    control,
    expr: `${comparison(gate, scope, control)} > ${gate.bound.value}`,
  }));
}

/** Argo Rollouts' own metric; scraped without honorLabels it carries its namespace as exported_namespace. */
function rolloutInfo({ service, environment }: ServiceScope, phases: string): string {
  const matchers = (label: string) => `${label}="${environment.namespace}",name="${service.name}",phase=~"${phases}"`;
  return `max(rollout_info{${matchers('namespace')}} or rollout_info{${matchers('exported_namespace')}}) > 0`;
}
