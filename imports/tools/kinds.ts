/** A kind of a CustomResourceDefinition. `source` is its name in cdk8s.yaml, `typed` asks for classes besides the schema. */
export interface CustomKind {
  readonly source: string;
  readonly crd: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly typed: boolean;
}

export interface KindList {
  /** Built-in kinds that get classes, as `apiVersion/kind`. */
  readonly typedBuiltIns: readonly string[];
  readonly custom: readonly CustomKind[];
}

const row = (typed: boolean, source: string, crd: string, version: string, kind: string): CustomKind => ({
  source,
  crd,
  apiVersion: `${crd.slice(crd.indexOf('.') + 1)}/${version}`,
  kind,
  typed,
});
const emitted = row.bind(undefined, true);
const known = row.bind(undefined, false);

/**
 * The one list of what is imported. `emitted` kinds are what the charts render: they get typed classes, wire types and a
 * schema. `known` kinds get a schema only. Of the built-in kinds every one that is stored gets a schema. A custom kind is
 * named with its version: the import refuses one that its definition does not serve.
 */
export const KINDS: KindList = {
  typedBuiltIns: [
    'v1/ConfigMap',
    'v1/Namespace',
    'v1/Secret',
    'v1/Service',
    'v1/ServiceAccount',
    'apps/v1/Deployment',
    'autoscaling/v2/HorizontalPodAutoscaler',
    'batch/v1/Job',
    'networking.k8s.io/v1/Ingress',
    'networking.k8s.io/v1/NetworkPolicy',
    'policy/v1/PodDisruptionBudget',
    'rbac.authorization.k8s.io/v1/ClusterRole',
    'rbac.authorization.k8s.io/v1/ClusterRoleBinding',
    'rbac.authorization.k8s.io/v1/Role',
    'rbac.authorization.k8s.io/v1/RoleBinding',
  ],
  custom: [
    emitted('rollouts', 'rollouts.argoproj.io', 'v1alpha1', 'Rollout'),
    emitted('analysistemplates', 'analysistemplates.argoproj.io', 'v1alpha1', 'AnalysisTemplate'),
    known('clusteranalysistemplates', 'clusteranalysistemplates.argoproj.io', 'v1alpha1', 'ClusterAnalysisTemplate'),
    known('analysisruns', 'analysisruns.argoproj.io', 'v1alpha1', 'AnalysisRun'),
    known('experiments', 'experiments.argoproj.io', 'v1alpha1', 'Experiment'),
    emitted('applications', 'applications.argoproj.io', 'v1alpha1', 'Application'),
    emitted('appprojects', 'appprojects.argoproj.io', 'v1alpha1', 'AppProject'),
    emitted('istio', 'virtualservices.networking.istio.io', 'v1', 'VirtualService'),
    emitted('istio', 'destinationrules.networking.istio.io', 'v1', 'DestinationRule'),
    known('istio', 'gateways.networking.istio.io', 'v1', 'Gateway'),
    known('istio', 'serviceentries.networking.istio.io', 'v1', 'ServiceEntry'),
    known('istio', 'sidecars.networking.istio.io', 'v1', 'Sidecar'),
    known('istio', 'authorizationpolicies.security.istio.io', 'v1', 'AuthorizationPolicy'),
    known('istio', 'peerauthentications.security.istio.io', 'v1', 'PeerAuthentication'),
    known('istio', 'telemetries.telemetry.istio.io', 'v1', 'Telemetry'),
    emitted('httproutes', 'httproutes.gateway.networking.k8s.io', 'v1', 'HTTPRoute'),
    known('gateways', 'gateways.gateway.networking.k8s.io', 'v1', 'Gateway'),
    emitted('podmonitors', 'podmonitors.monitoring.coreos.com', 'v1', 'PodMonitor'),
    emitted('servicemonitors', 'servicemonitors.monitoring.coreos.com', 'v1', 'ServiceMonitor'),
    emitted('prometheusrules', 'prometheusrules.monitoring.coreos.com', 'v1', 'PrometheusRule'),
    emitted('externalsecrets', 'externalsecrets.external-secrets.io', 'v1', 'ExternalSecret'),
    emitted('targetgroupbindings', 'targetgroupbindings.elbv2.k8s.aws', 'v1beta1', 'TargetGroupBinding'),
    emitted('dnsendpoints', 'dnsendpoints.externaldns.k8s.io', 'v1alpha1', 'DNSEndpoint'),
  ],
};
