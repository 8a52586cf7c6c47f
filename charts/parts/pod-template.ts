import type { ManifestOf } from '@cdk8s/imports/wire';
import type { Port, Probe, Service } from '../../lib/catalog/service';
import { HASH_LABEL, labelsOf, type ServiceScope, selectorOf } from '../names';
import { configMapName, secretName, secretVariables } from './config';

type PodTemplate = NonNullable<NonNullable<ManifestOf<'argoproj.io/v1alpha1/Rollout'>['spec']>['template']>;
type PodSpec = NonNullable<PodTemplate['spec']>;
type Container = PodSpec['containers'][number];

/** What is left after the drain for the process to end by itself, in seconds. */
const EXIT_SECONDS = 5;

/**
 * The pods of a service: a pure function of the service, without time or commit, so that an unchanged service never
 * restarts and a revert finds the old ReplicaSet (P46). Restricted Pod Security all through.
 */
export function podTemplate(scope: ServiceScope): PodTemplate {
  const { service } = scope;
  return {
    metadata: {
      labels: {
        ...labelsOf(scope),
        'app.kubernetes.io/version': service.image.version,
        ...(service.routing.mesh ? {} : { 'sidecar.istio.io/inject': 'false' }),
      },
      // The proxy must outlive the application while it drains: as a native sidecar it is stopped after it, a classic
      // one would begin to drain at once and be gone after 5 s, in the middle of preStop (Istio 1.30).
      ...(service.routing.mesh ? { annotations: { 'sidecar.istio.io/nativeSidecar': 'true' } } : {}),
    },
    spec: {
      serviceAccountName: service.name,
      automountServiceAccountToken: false,
      securityContext: podSecurity(service),
      terminationGracePeriodSeconds: service.shutdown.preStopSeconds + service.shutdown.drainSeconds + EXIT_SECONDS,
      topologySpreadConstraints: scope.platform.topologyKeys.map((topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: selectorOf(service) },
        // Canary and stable pods are spread each for themselves.
        matchLabelKeys: [HASH_LABEL],
      })),
      containers: [container(scope)],
      volumes: service.security.writablePaths.map((path) => ({ name: volumeName(path), emptyDir: {} })),
    },
  };
}

function podSecurity({ security, ports }: Service): NonNullable<PodSpec['securityContext']> {
  return {
    runAsNonRoot: true,
    runAsUser: security.runAsUser,
    runAsGroup: security.runAsGroup,
    fsGroup: security.runAsGroup,
    seccompProfile: { type: 'RuntimeDefault' },
    // A port below 1024 needs no privilege with this sysctl, which Kubernetes counts as safe.
    ...(ports.some((port) => port.containerPort < 1024)
      ? { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] }
      : {}),
  };
}

function container(scope: ServiceScope): Container {
  const { service } = scope;
  const config = configMapName(scope);
  const env = secretVariables(service.secrets, secretName(scope));
  return {
    name: service.name,
    image: service.image.reference,
    imagePullPolicy: service.image.pullPolicy,
    ...(service.command.length > 0 ? { command: service.command } : {}),
    ...(service.args.length > 0 ? { args: service.args } : {}),
    ports: service.ports.map((port) => ({ name: port.name, containerPort: port.containerPort, protocol: 'TCP' })),
    ...(config === undefined ? {} : { envFrom: [{ configMapRef: { name: config } }] }),
    ...(env.length === 0 ? {} : { env }),
    ...resourcesOf(service),
    readinessProbe: probe(service.probes.readiness),
    ...(service.probes.liveness ? { livenessProbe: probe(service.probes.liveness) } : {}),
    ...(service.probes.startup ? { startupProbe: probe(service.probes.startup) } : {}),
    // A leaving pod goes on serving until every proxy has heard that it leaves (P34).
    lifecycle: { preStop: { sleep: { seconds: service.shutdown.preStopSeconds } } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    ...(service.security.writablePaths.length > 0
      ? { volumeMounts: service.security.writablePaths.map((path) => ({ name: volumeName(path), mountPath: path })) }
      : {}),
  };
}

/** Empty values would drift: the controller drops them from the live object (P43). */
function resourcesOf({ resources }: Service): Pick<Container, 'resources'> {
  const { requests, limits } = resources;
  const given = {
    ...(Object.keys(requests).length > 0 ? { requests: { ...requests } } : {}),
    ...(Object.keys(limits).length > 0 ? { limits: { ...limits } } : {}),
  };
  return Object.keys(given).length > 0 ? { resources: given } : {};
}

const PROBE_ACTIONS = {
  http: (port: Port, path: string) => ({ httpGet: { path, port: port.name, scheme: 'HTTP' } }),
  // The API takes only a number here.
  grpc: (port: Port) => ({ grpc: { port: port.containerPort, service: '' } }),
  tcp: (port: Port) => ({ tcpSocket: { port: port.name } }),
} as const;

function probe(given: Probe): NonNullable<Container['readinessProbe']> {
  return {
    ...PROBE_ACTIONS[given.kind](given.port, given.path),
    ...(given.initialDelaySeconds > 0 ? { initialDelaySeconds: given.initialDelaySeconds } : {}),
    periodSeconds: given.periodSeconds,
    timeoutSeconds: given.timeoutSeconds,
    failureThreshold: given.failureThreshold,
    successThreshold: given.successThreshold,
  };
}

/** A volume's name from its path: `/var/cache/nginx` becomes `var-cache-nginx`. */
function volumeName(path: string): string {
  return path
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 63);
}
