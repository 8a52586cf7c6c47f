/**
 * The kinds that rules speak of, with the version that the product renders. A rule names a kind by its short name; an object of the
 * same short name in another API group (a Service of Knative, a Gateway of the Gateway API) is of another kind: `Gateway.<group>`.
 */
export const API_VERSIONS = {
  AnalysisRun: 'argoproj.io/v1alpha1',
  AnalysisTemplate: 'argoproj.io/v1alpha1',
  AppProject: 'argoproj.io/v1alpha1',
  Application: 'argoproj.io/v1alpha1',
  ApplicationSet: 'argoproj.io/v1alpha1',
  AuthorizationPolicy: 'security.istio.io/v1',
  ClusterAnalysisTemplate: 'argoproj.io/v1alpha1',
  ClusterRole: 'rbac.authorization.k8s.io/v1',
  ClusterRoleBinding: 'rbac.authorization.k8s.io/v1',
  ConfigMap: 'v1',
  CronJob: 'batch/v1',
  DNSEndpoint: 'externaldns.k8s.io/v1alpha1',
  DaemonSet: 'apps/v1',
  Deployment: 'apps/v1',
  DestinationRule: 'networking.istio.io/v1',
  Experiment: 'argoproj.io/v1alpha1',
  ExternalSecret: 'external-secrets.io/v1',
  Gateway: 'networking.istio.io/v1',
  HTTPRoute: 'gateway.networking.k8s.io/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  Ingress: 'networking.k8s.io/v1',
  Job: 'batch/v1',
  Namespace: 'v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  PeerAuthentication: 'security.istio.io/v1',
  Pod: 'v1',
  PodDisruptionBudget: 'policy/v1',
  PodMonitor: 'monitoring.coreos.com/v1',
  PrometheusRule: 'monitoring.coreos.com/v1',
  ReplicaSet: 'apps/v1',
  Role: 'rbac.authorization.k8s.io/v1',
  RoleBinding: 'rbac.authorization.k8s.io/v1',
  Rollout: 'argoproj.io/v1alpha1',
  Secret: 'v1',
  Service: 'v1',
  ServiceAccount: 'v1',
  ServiceEntry: 'networking.istio.io/v1',
  ServiceMonitor: 'monitoring.coreos.com/v1',
  StatefulSet: 'apps/v1',
  TargetGroupBinding: 'elbv2.k8s.aws/v1beta1',
  VirtualService: 'networking.istio.io/v1',
} as const satisfies Readonly<Record<string, string>>;

/** A kind that rules know by its short name. */
export type KnownKind = keyof typeof API_VERSIONS;

/** A kind as rules name it: the short name, or `<kind>.<group>` where the short name means another group. */
export type KindName = KnownKind | `${string}.${string}`;

/** The API group of an apiVersion; empty for the core group. */
export function groupOfVersion(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

const HOME_GROUPS: ReadonlyMap<string, string> = new Map(
  Object.entries(API_VERSIONS).map(([kind, version]) => [kind, groupOfVersion(version)]),
);

/** The name by which rules know the kind of an object. */
export function kindNameOf({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): string {
  const home = HOME_GROUPS.get(kind);
  const group = groupOfVersion(apiVersion);
  return home === undefined || home === group ? kind : `${kind}.${group || 'core'}`;
}
