import { BUILT_IN } from '../../lib/catalog/built-in';
import { explain } from '../../lib/catalog/explain';
import type { CatalogInput } from '../../lib/catalog/schema/catalog';
import { formatPath } from '../../lib/diagnostic/path';

const CATALOG: CatalogInput = {
  platform: {},
  environments: {
    test: {
      versions: { web: '1.2.3' },
      overrides: { replicas: 1, gates: { cpu: { count: 5 } } },
      services: { web: { shutdown: { drainSeconds: 3 }, gates: { memory: null } } },
    },
  },
  defaults: { shutdown: { preStopSeconds: 2, drainSeconds: 2 }, gates: { memory: { kind: 'memory', atMost: 1 } } },
  services: {
    web: {
      ports: { http: { port: 80 } },
      autoscaling: { minReplicas: 2 },
      gates: { cpu: { kind: 'cpu', atMost: 0.8 } },
      probes: { liveness: { path: '/live' } },
      routing: { canaryHeader: {}, outlierDetection: { maxEjectionPercent: 50 } },
      migrations: { database: { host: 'db.example.com' } },
      strategy: { steps: [{ setWeight: 10 }] },
      args: [],
    },
  },
};

const explained = new Map(explain(CATALOG, 'test', 'web').map((one) => [one.path, one]));
const told = (path: string) => {
  const found = explained.get(path);
  return found && [found.value, found.from === null ? 'built-in' : formatPath(found.from)];
};

test.each([
  ['version', '1.2.3', 'environments.test.versions.web'],
  ['replicas', 1, 'environments.test.overrides.replicas'],
  ['shutdown.preStopSeconds', 2, 'defaults.shutdown.preStopSeconds'],
  ['shutdown.drainSeconds', 3, 'environments.test.services.web.shutdown.drainSeconds'],
  ['ports.http.port', 80, 'services.web.ports.http.port'],
  ['ports.http.protocol', 'http', 'built-in'],
  ['gates.cpu.atMost', 0.8, 'services.web.gates.cpu.atMost'],
  ['gates.cpu.count', 5, 'environments.test.overrides.gates.cpu.count'],
  ['gates.cpu.failureLimit', 1, 'built-in'],
  ['gates.cpu.of', 'limits', 'built-in'],
  ['strategy.steps[0].setWeight', 10, 'services.web.strategy.steps[0].setWeight'],
  ['strategy.minReadySeconds', BUILT_IN.strategy.minReadySeconds, 'built-in'],
  ['probes.liveness.path', '/live', 'services.web.probes.liveness.path'],
  ['probes.liveness.periodSeconds', 10, 'built-in'],
  ['probes.readiness.path', '/', 'built-in'],
  ['routing.canaryHeader.name', 'canary', 'built-in'],
  ['routing.outlierDetection.maxEjectionPercent', 50, 'services.web.routing.outlierDetection.maxEjectionPercent'],
  ['routing.outlierDetection.intervalSeconds', 10, 'built-in'],
  ['migrations.database.port', 5432, 'built-in'],
  ['migrations.database.host', 'db.example.com', 'services.web.migrations.database.host'],
  ['enabled', true, 'built-in'],
  ['args', [], 'services.web.args'],
] as const)('%s is %j, said by %s', (path, value, from) => expect(told(path)).toEqual([value, from]));

test.each([
  ['autoscaling.minReplicas', 'the replicas of a higher layer took it away'],
  ['autoscaling.scaleDownStabilizationSeconds', 'there is no autoscaler'],
  ['gates.memory.kind', 'null took the gate away'],
  ['gates.cpu.minRequests', 'a gate of this kind does not have it'],
  ['probes.startup.path', 'there is no such probe'],
])('%s is not told: %s', (path) => expect(told(path)).toBeUndefined());

test('paths are in the order of code units', () => {
  const paths = explain(CATALOG, 'test', 'web').map(({ path }) => path);
  expect(paths).toEqual([...paths].sort());
  expect(new Set(paths).size).toBe(paths.length);
});

test('without a version there is none to tell, and names of the language are no environments', () => {
  expect(explain(CATALOG, 'constructor', 'web').some(({ path }) => path === 'version')).toBe(false);
  expect(explain({ ...CATALOG, environments: { test: {} } }, 'test', 'web').map(({ path }) => path)).not.toContain(
    'version',
  );
});
