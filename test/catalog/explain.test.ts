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

describe('a strategy and a router of another kind', () => {
  const of = (service: NonNullable<CatalogInput['services']>[string], environment: object = {}) => {
    const catalog = { environments: { test: environment }, services: { web: service } };
    return new Map(explain(catalog, 'test', 'web').map((one) => [one.path, one]));
  };

  test('a preset is told as the steps that it stands for, each where the preset was said', () => {
    const found = of({ strategy: { preset: 'fast' }, gates: { b: { kind: 'restarts' }, a: { kind: 'restarts' } } });
    const steps = [...found.values()].filter(({ path }) => path.startsWith('strategy.steps'));
    expect(steps.map(({ value }) => value).filter((value) => typeof value === 'number')).toEqual([
      25, 30, 50, 30, 100, 30,
    ]);
    expect([
      found.get('strategy.steps[2].analysis[0]')?.value,
      found.get('strategy.steps[2].analysis[1]')?.value,
    ]).toEqual(['a', 'b']);
    for (const { from } of steps) expect(formatPath(from ?? [])).toBe('services.web.strategy.preset');
  });

  test('steps nearer to the service take the place of a preset, and the other way round', () => {
    const steps = [{ setWeight: 5 }];
    const nearer = of({ strategy: { preset: 'fast' } }, { overrides: { strategy: { steps } } });
    expect([nearer.get('strategy.steps[0].setWeight')?.value, nearer.get('strategy.preset')]).toEqual([5, undefined]);
    const other = of({ strategy: { steps } }, { overrides: { strategy: { preset: 'fast' } } });
    expect([other.get('strategy.steps[0].setWeight')?.value, other.get('strategy.preset')?.value]).toEqual([
      25,
      'fast',
    ]);
  });

  test('only defaults that it has are told', () => {
    const found = of({ strategy: { kind: 'blueGreen' }, routing: { router: 'albTargetGroups' } });
    expect(found.get('routing.targetGroups.weights.blue')?.value).toBe(100);
    expect(found.get('routing.alb.deregistrationDelaySeconds')?.value).toBe(10);
    expect(found.get('strategy.maxSurge')?.value).toBe('25%');
    for (const path of [
      'routing.retries.attempts',
      'routing.loadBalancer',
      'routing.splitting',
      'strategy.scaleDownDelaySeconds',
    ])
      expect([path, found.get(path)]).toEqual([path, undefined]);
  });
});
