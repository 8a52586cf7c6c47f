import { valueAt } from '../../lib/diagnostic/path';
import { changed, only, rendered, sampleScope } from '../tools/catalog';

const frontend = sampleScope('frontend');
const at = (root: unknown, ...path: (string | number)[]) => valueAt(root, path);
const podOf = (scope = frontend) => at(only(rendered(scope), 'Rollout'), 'spec', 'template');
const containerOf = (scope = frontend) => at(podOf(scope), 'spec', 'containers', 0);

test('the pod runs under the restricted Pod Security Standard', () => {
  expect(at(podOf(), 'spec', 'automountServiceAccountToken')).toBe(false);
  expect(at(podOf(), 'spec', 'securityContext')).toEqual({
    runAsNonRoot: true,
    runAsUser: 101,
    runAsGroup: 101,
    fsGroup: 101,
    seccompProfile: { type: 'RuntimeDefault' },
    // Port 80 without a privilege.
    sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
  });
  expect(at(containerOf(), 'securityContext')).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
});

test('a service on high ports needs no sysctl', () => {
  const ports = frontend.service.ports.map((port) => ({ ...port, containerPort: 8080 }));
  expect(at(podOf(changed(frontend, { ports })), 'spec', 'securityContext', 'sysctls')).toBeUndefined();
});

test('the grace period holds preStop, the drain and an exit (P34)', () => {
  const scope = changed(frontend, { shutdown: { preStopSeconds: 20, drainSeconds: 60 } });
  expect(at(podOf(scope), 'spec', 'terminationGracePeriodSeconds')).toBe(85);
  expect(at(containerOf(scope), 'lifecycle')).toEqual({ preStop: { sleep: { seconds: 20 } } });
});

test('the proxy is a native sidecar, which ends after the application', () => {
  expect(at(podOf(), 'metadata', 'annotations')).toEqual({ 'sidecar.istio.io/nativeSidecar': 'true' });
});

test('canary and stable pods are spread each for themselves', () => {
  expect(at(podOf(), 'spec', 'topologySpreadConstraints', 0)).toEqual({
    maxSkew: 1,
    topologyKey: 'topology.kubernetes.io/zone',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'tbyte-microservices-frontend' } },
    matchLabelKeys: ['rollouts-pod-template-hash'],
  });
});

test('no empty value that the controller would drop and Argo CD see as drift (P43)', () => {
  const scope = changed(frontend, {
    resources: { requests: {}, limits: {} },
    probes: { ...frontend.service.probes, readiness: { ...frontend.service.probes.readiness, initialDelaySeconds: 0 } },
  });
  expect(containerOf(scope)).not.toHaveProperty('resources');
  expect(at(containerOf(scope), 'readinessProbe')).not.toHaveProperty('initialDelaySeconds');
});

test.each([
  ['http', { httpGet: { path: '/', port: 'http', scheme: 'HTTP' } }],
  ['grpc', { grpc: { port: 80, service: '' } }],
  ['tcp', { tcpSocket: { port: 'http' } }],
] as const)('a %s probe', (kind, action) => {
  const readiness = { ...frontend.service.probes.readiness, kind };
  const probe = at(
    containerOf(changed(frontend, { probes: { readiness, liveness: undefined, startup: undefined } })),
    'readinessProbe',
  );
  expect(probe).toMatchObject(action);
});

describe('configuration and secrets', () => {
  const backend = sampleScope('backend');
  /** Dashboards are ConfigMaps as well. */
  const configOf = (scope = frontend) =>
    only(
      rendered(scope).filter(({ metadata }) => metadata.name.includes('-config-')),
      'ConfigMap',
    );

  test('the name of the ConfigMap changes with its content, and with nothing else (P39)', () => {
    const name = (scope = frontend) => configOf(scope).metadata.name;
    expect(name(changed(frontend, { config: { ...frontend.service.config, LOG_LEVEL: 'debug' } }))).not.toBe(name());
    expect(name(changed(frontend, { owner: 'another' }))).toBe(name());
    expect(at(containerOf(), 'envFrom')).toEqual([{ configMapRef: { name: name() } }]);
  });

  test('the ConfigMap outlives its release for pods that a rollback brings back', () => {
    expect(configOf().metadata.annotations).toEqual({
      'argocd.argoproj.io/sync-options': 'Prune=false',
      'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
    });
  });

  test('secrets are references: to what External Secrets fetches, or to what exists', () => {
    const secrets = { ...backend.service.secrets, KEY: { kind: 'existing', name: 'shared', key: 'pem' } } as const;
    const objects = rendered(changed(backend, { secrets }));
    const external = objects.find((one) => one.kind === 'ExternalSecret' && one.metadata.name.includes('-secrets-'));
    expect(at(containerOf(changed(backend, { secrets })), 'env')).toEqual([
      {
        name: 'DATABASE_PASSWORD',
        valueFrom: { secretKeyRef: { name: external?.metadata.name, key: 'DATABASE_PASSWORD' } },
      },
      { name: 'DATABASE_USER', valueFrom: { secretKeyRef: { name: external?.metadata.name, key: 'DATABASE_USER' } } },
      { name: 'KEY', valueFrom: { secretKeyRef: { name: 'shared', key: 'pem' } } },
    ]);
  });
});
