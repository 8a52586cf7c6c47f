import type { ManifestOf } from '@cdk8s/imports/wire';
import type { Environment, Platform, Service } from '../lib/catalog/service';
import { READER_ROLE, readRules } from '../lib/release/access';
import { applicationName, projectName, type ServiceScope, wave } from './names';
import { subscriptions } from './parts/notifications';
import { ignoreDifferences } from './routers';

type Application = ManifestOf<'argoproj.io/v1alpha1/Application'>;
type ApplicationSpec = NonNullable<Application['spec']>;

/** What the Argo CD side of one environment is made from. */
export interface EnvironmentScope {
  readonly platform: Platform;
  readonly environment: Environment;
}

/** The project comes first, then the namespace, then the services (P45); the root is applied by hand once. */
const ORDER = { project: '-2', platform: '-1', service: '0' } as const;

const metadata = ({ platform }: EnvironmentScope, name: string, annotations: Readonly<Record<string, string>>) => ({
  name,
  namespace: platform.argocd.namespace,
  labels: { 'app.kubernetes.io/part-of': platform.name, 'app.kubernetes.io/managed-by': 'cutover' },
  annotations,
});

/**
 * What an Application is made from, relative to the path of its source: a commit that changes nothing of it leaves what Argo CD has
 * cached valid. Without it every commit has every Application of the repository made anew (Argo CD
 * docs/operator-manual/high_availability.md, "Manifest Paths Annotation"; util/app/path/path.go: a file, or all below a folder).
 */
const madeFrom = (path: string) => ({ 'argocd.argoproj.io/manifest-generate-paths': path });

function destination({ environment: { namespace, cluster } }: EnvironmentScope): ApplicationSpec['destination'] {
  return cluster.kind === 'name' ? { name: cluster.value, namespace } : { server: cluster.value, namespace };
}

/** A failed sync is tried again with what Git says then, so that a revert is not kept waiting by the commit that it reverts. */
const RETRY = { limit: 5, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } } as const;

/**
 * Only what is out of sync is applied, and nothing is respected when it is: with RespectIgnoreDifferences edits of a
 * VirtualService would never land (P40, B11).
 */
const SYNC_POLICY = {
  automated: { prune: true, selfHeal: true },
  syncOptions: ['ApplyOutOfSyncOnly=true'],
  retry: RETRY,
} as const;

/** Deleting the Application deletes what it manages. */
const CASCADE = ['resources-finalizer.argocd.argoproj.io'] as const;

const source = ({ platform, environment }: EnvironmentScope, folder: string) => ({
  repoURL: platform.argocd.repository,
  targetRevision: platform.argocd.revision,
  path: `${platform.argocd.path}/${environment.name}/${folder}`,
});

/** The Application that creates all others and itself. It has no finalizer: deleting it must not delete an environment. */
export function rootApplication(scope: EnvironmentScope): Application {
  const { argocd } = scope.platform;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: metadata(scope, projectName(scope), madeFrom('.')),
    spec: {
      project: argocd.rootProject,
      source: source(scope, 'apps'),
      destination: { server: 'https://kubernetes.default.svc', namespace: argocd.namespace },
      syncPolicy: SYNC_POLICY,
    },
  };
}

const KINDS: readonly (readonly [group: string, kind: string])[] = [
  ['', 'ConfigMap'],
  ['', 'Service'],
  ['', 'ServiceAccount'],
  ['argoproj.io', 'AnalysisTemplate'],
  ['argoproj.io', 'Rollout'],
  ['autoscaling', 'HorizontalPodAutoscaler'],
  ['batch', 'Job'],
  ['elbv2.k8s.aws', 'TargetGroupBinding'],
  ['external-secrets.io', 'ExternalSecret'],
  ['externaldns.k8s.io', 'DNSEndpoint'],
  ['gateway.networking.k8s.io', 'HTTPRoute'],
  ['monitoring.coreos.com', 'PodMonitor'],
  ['monitoring.coreos.com', 'PrometheusRule'],
  ['networking.istio.io', 'DestinationRule'],
  ['networking.istio.io', 'VirtualService'],
  ['networking.k8s.io', 'Ingress'],
  ['networking.k8s.io', 'NetworkPolicy'],
  ['policy', 'PodDisruptionBudget'],
  ['rbac.authorization.k8s.io', 'Role'],
];

/** What the environment's Applications may create: the kinds that are rendered, in this namespace of this cluster, from this repository. */
export function appProject(scope: EnvironmentScope): ManifestOf<'argoproj.io/v1alpha1/AppProject'> {
  const { platform, environment } = scope;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: metadata(scope, projectName(scope), wave(ORDER.project)),
    spec: {
      description: `${platform.name}, ${environment.name}`,
      sourceRepos: [platform.argocd.repository],
      destinations: [destination(scope)],
      clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
      namespaceResourceWhitelist: KINDS.map(([group, kind]) => ({ group, kind })),
    },
  };
}

/** The Application of what the services of an environment share. */
export function platformApplication(scope: EnvironmentScope): Application {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: metadata(scope, `${projectName(scope)}-platform`, { ...wave(ORDER.platform), ...madeFrom('.') }),
    spec: {
      project: projectName(scope),
      source: source(scope, 'platform'),
      destination: destination(scope),
      syncPolicy: SYNC_POLICY,
    },
  };
}

/** The namespace; it is never pruned, since that would delete every service in it. */
export function namespace({ platform, environment }: EnvironmentScope): ManifestOf<'v1/Namespace'> {
  const injection =
    platform.istio.revision === undefined
      ? { 'istio-injection': 'enabled' }
      : { 'istio.io/rev': platform.istio.revision };
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: environment.namespace,
      labels: {
        'app.kubernetes.io/part-of': platform.name,
        'app.kubernetes.io/managed-by': 'cutover',
        ...injection,
        // A pod is ready only when its target is (P31); without the controller nobody reads it.
        ...(platform.alb === undefined ? {} : { 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' }),
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
      },
      annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
    },
  };
}

/** What is enough to read releases in the namespace: `npm run release` and whoever watches it. Binding it is yours. */
export function releaseReader({
  platform,
  environment,
}: EnvironmentScope): ManifestOf<'rbac.authorization.k8s.io/v1/Role'> {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: {
      name: READER_ROLE,
      namespace: environment.namespace,
      labels: { 'app.kubernetes.io/part-of': platform.name, 'app.kubernetes.io/managed-by': 'cutover' },
    },
    rules: readRules(),
  };
}

/** The Application of one service: one file, and exactly what the controllers write is no difference (P42). */
export function serviceApplication(scope: EnvironmentScope, service: Service): Application {
  const serviceScope: ServiceScope = { ...scope, service };
  const file = `${service.key}.yaml`;
  const annotations = { ...wave(ORDER.service), ...madeFrom(file), ...subscriptions(service, 'argocd') };
  const base = metadata(scope, applicationName(serviceScope), annotations);
  const ignored = ignoreDifferences(serviceScope);
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { ...base, finalizers: CASCADE },
    spec: {
      project: projectName(scope),
      source: { ...source(scope, 'services'), directory: { include: file } },
      destination: destination(scope),
      ...(ignored.length === 0 ? {} : { ignoreDifferences: ignored }),
      syncPolicy: SYNC_POLICY,
    },
  };
}
