import type { ManifestOf } from '@cdk8s/imports/wire';
import type { Service } from '../../lib/catalog/service';
import { releaseServices } from '../../lib/catalog/workload-names';
import { metadataOf, NAME_LABEL, pruning, type ServiceScope, selectorOf, type WorkloadScope } from '../names';

/** Where a proxy tells its own metrics: Envoy's on 15090, which PodMonitors read, and the merged ones on 15020. */
const PROXY_METRICS_PORTS = [15020, 15090] as const;

/**
 * The Services of a workload: one for all of its pods, which goes on working whatever a release does (P10), or which a
 * blue/green release switches; and those beside it that a release switches or splits between.
 */
export function services(scope: WorkloadScope): readonly ManifestOf<'v1/Service'>[] {
  const { strategy, routing } = scope.service;
  const suffixes: readonly string[] = Object.values(releaseServices(strategy, routing));
  return [
    serviceOf(scope, '', { ...migrationsAnnotation(scope), ...pruning(scope) }),
    ...suffixes.map((suffix) => serviceOf(scope, suffix)),
  ];
}

/** The selector never names a version: the controller adds that (P4). */
function serviceOf(
  scope: ServiceScope,
  suffix: string,
  annotations: Readonly<Record<string, string>> = {},
): ManifestOf<'v1/Service'> {
  const { service } = scope;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(scope, suffix, Object.keys(annotations).length === 0 ? undefined : annotations),
    spec: { type: 'ClusterIP', selector: selectorOf(service), ports: servicePorts(service) },
  };
}

export function servicePorts({ ports }: Service) {
  return ports.map((port) => ({
    name: port.name,
    port: port.port,
    targetPort: port.name,
    protocol: 'TCP',
    appProtocol: port.protocol,
  }));
}

/**
 * Argo CD 3.5.1 starts no sync when only a hook has changed (P48), so the version that the migrations reach is told on
 * an object that is not a hook. (The back-fill is none, and starts one by itself.)
 */
export function migrationsAnnotation({ service }: ServiceScope): Readonly<Record<string, string>> | undefined {
  const target = service.migrations?.runs.filter((run) => run.phase !== 'backfill').at(-1)?.target;
  return target === undefined ? undefined : { 'cutover.dev/migrated-to': target };
}

export function serviceAccount(scope: ServiceScope): ManifestOf<'v1/ServiceAccount'> {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadataOf(scope), automountServiceAccountToken: false };
}

const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });

/** Where requests from outside of the cluster, and the health checks of load balancers, come from. */
function entrances({ service, platform }: ServiceScope) {
  const { router } = service.routing;
  switch (router) {
    case 'alb':
    case 'albTargetGroups':
      // Also without public callers: a load balancer that may not ask takes the pod for unhealthy.
      return (platform.alb?.sourceCidrs ?? []).map((cidr) => ({ ipBlock: { cidr } }));
    case 'gatewayApi':
      return service.allowedCallers.gateway ? [inNamespace(platform.gatewayApi.gatewayNamespace)] : [];
    case 'istio':
    case 'none':
      return service.allowedCallers.gateway ? [inNamespace(platform.istio.gatewayNamespace)] : [];
  }
}

/** Connections from the allowed callers to the service's ports and from Prometheus to the metrics; everybody else is refused. */
export function networkPolicy(scope: ServiceScope): ManifestOf<'networking.k8s.io/v1/NetworkPolicy'> {
  const { service, platform } = scope;
  const callers = [
    ...service.allowedCallers.services.map((name) => ({ podSelector: { matchLabels: { [NAME_LABEL]: name } } })),
    ...service.allowedCallers.namespaces.map(inNamespace),
    ...entrances(scope),
  ];
  const scraped = [
    ...(service.routing.mesh ? PROXY_METRICS_PORTS : []),
    ...service.ports.flatMap((port) => (port.metricsPath === undefined ? [] : [port.containerPort])),
  ];
  const tcp = (ports: readonly number[]) => ports.map((port) => ({ port, protocol: 'TCP' }));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataOf(scope),
    spec: {
      podSelector: { matchLabels: selectorOf(service) },
      policyTypes: ['Ingress'],
      ingress: [
        ...(callers.length > 0 ? [{ from: callers, ports: tcp(service.ports.map((port) => port.containerPort)) }] : []),
        ...(scraped.length > 0 ? [{ from: [inNamespace(platform.prometheus.namespace)], ports: tcp(scraped) }] : []),
      ],
    },
  };
}
