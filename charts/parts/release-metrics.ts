import type { ManifestOf } from '@cdk8s/imports/wire';
import type { Platform } from '../../lib/catalog/service';
import { toYaml } from '../../lib/manifest/yaml';
import type { ManifestObject } from '../manifest';

/**
 * What Argo Rollouts has no metric for: the step of a release, and the weights. kube-state-metrics makes these series of the objects
 * by the configuration below, as gauges that are called `<metricNamePrefix>_<name>` (kube-state-metrics 2.20.0,
 * pkg/customresourcestate/registry_factory.go, fullName). Each has the labels `namespace` and `name` of its object.
 */
export const RELEASE_METRICS = {
  /** `status.currentStepIndex`, from 0; the number of steps when all are done. */
  step: 'cutover_rollout_step_index',
  /** The weight of the canary that the controller last set, in %. */
  set: 'cutover_rollout_canary_weight',
  /** The weight of the canary in each route, in %, with the labels `route`, `host` and `subset`. */
  virtualService: 'cutover_virtualservice_canary_weight',
  httpRoute: 'cutover_httproute_canary_weight',
} as const;

const PREFIX = 'cutover';
const NAME = 'cutover-release-metrics';

/** The place of the canary in what is rendered: after the stable version. Destinations of experiments come after both (P3). */
const CANARY = '1';

interface Gauge {
  readonly path: readonly string[];
  readonly valueFrom?: readonly string[];
  readonly labelsFromPath?: Readonly<Record<string, readonly string[]>>;
}

const gauge = (name: string, help: string, each: Gauge) => ({
  name: name.slice(PREFIX.length + 1),
  help,
  each: { type: 'Gauge', gauge: each },
});

const resource = (group: string, version: string, kind: string, metrics: readonly ReturnType<typeof gauge>[]) => ({
  groupVersionKind: { group, version, kind },
  metricNamePrefix: PREFIX,
  labelsFromPath: { namespace: ['metadata', 'namespace'], name: ['metadata', 'name'] },
  // A Rollout without steps has no such field; that is no error.
  errorLogV: 10,
  metrics,
});

/** Kinds whose CRD a cluster does not have are skipped (pkg/customresourcestate/config.go, FromConfig). */
const CONFIGURATION = {
  kind: 'CustomResourceStateMetrics',
  spec: {
    resources: [
      resource('argoproj.io', 'v1alpha1', 'Rollout', [
        gauge(RELEASE_METRICS.step, 'Step that a release is at, from 0.', { path: ['status', 'currentStepIndex'] }),
        gauge(RELEASE_METRICS.set, 'Weight of the canary that the controller has set, in %.', {
          path: ['status', 'canary', 'weights', 'canary', 'weight'],
        }),
      ]),
      resource('networking.istio.io', 'v1', 'VirtualService', [
        gauge(RELEASE_METRICS.virtualService, 'Weight of the canary in a route, in %.', {
          path: ['spec', 'http'],
          valueFrom: ['route', CANARY, 'weight'],
          labelsFromPath: {
            route: ['name'],
            host: ['route', CANARY, 'destination', 'host'],
            subset: ['route', CANARY, 'destination', 'subset'],
          },
        }),
      ]),
      resource('gateway.networking.k8s.io', 'v1', 'HTTPRoute', [
        gauge(RELEASE_METRICS.httpRoute, 'Weight of the canary in a rule, in %.', {
          path: ['spec', 'rules'],
          valueFrom: ['backendRefs', CANARY, 'weight'],
          labelsFromPath: { route: ['name'], host: ['backendRefs', CANARY, 'name'] },
        }),
      ]),
    ],
  },
};

/** What it must read, beside the CRDs, by which it finds out what there is. */
const RULES = [
  ['apiextensions.k8s.io', 'customresourcedefinitions'],
  ['argoproj.io', 'rollouts'],
  ['gateway.networking.k8s.io', 'httproutes'],
  ['networking.istio.io', 'virtualservices'],
].map(([group = '', plural = '']) => ({ apiGroups: [group], resources: [plural], verbs: ['list', 'watch'] }));

/**
 * The configuration of kube-state-metrics with the rights that it needs. They are the cluster's and not the environment's: Argo CD
 * does not read them, and they are the same for every environment and platform, so that those that share a cluster share them.
 */
export function releaseMetrics({ alerts }: Platform): readonly ManifestObject[] {
  const { customResourceState } = alerts;
  if (customResourceState === undefined) return [];
  const { namespace, serviceAccount } = customResourceState;
  const metadata = { name: NAME, labels: { 'app.kubernetes.io/managed-by': 'cutover' } };
  const config: ManifestOf<'v1/ConfigMap'> = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...metadata, namespace },
    data: { 'config.yaml': toYaml(CONFIGURATION) },
  };
  const role: ManifestOf<'rbac.authorization.k8s.io/v1/ClusterRole'> = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata,
    rules: RULES,
  };
  const binding: ManifestOf<'rbac.authorization.k8s.io/v1/ClusterRoleBinding'> = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: NAME },
    subjects: [{ kind: 'ServiceAccount', name: serviceAccount, namespace }],
  };
  return [config, role, binding];
}
