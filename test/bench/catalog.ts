import type { CatalogInput, ServiceSettings } from '../../lib/catalog/schema/catalog';

/** The two kinds of service of which a generated catalog is made; peers have one template for each. */
export type Shape = 'web' | 'api';
export const SHAPES: readonly Shape[] = ['web', 'api'];

/** What makes one generated service differ from the next of its shape. */
export interface ServiceSeed {
  readonly shape: Shape;
  readonly key: string;
  /** The service that it calls, or that may call it. */
  readonly neighbour: string;
  readonly owner: string;
  readonly version: string;
  readonly replicas: number;
}

/** What synth reads: `services.json` and the migrations, by path. */
export interface BenchCatalog {
  readonly seeds: readonly ServiceSeed[];
  readonly catalog: CatalogInput;
  readonly migrations: ReadonlyMap<string, string>;
}

export const ENVIRONMENT = 'bench';

/**
 * Services after which the variations repeat: a template made from so many services has seen them all. In the usual catalog it is
 * also the number of shapes of services that are alike.
 */
export const PERIOD = 10;

export interface CatalogOptions {
  /** Times that the first service was given a new version: the change of the scenarios in which one service has changed. */
  readonly changes?: number;
  /** Whether no two services are alike: each has a setting that no other has, and migrations of a table of its own. */
  readonly unlike?: boolean;
}

/** The catalog of the first services of an endless row, so that a bigger catalog holds the smaller. */
export function benchCatalog(services: number, { changes = 0, unlike = false }: CatalogOptions = {}): BenchCatalog {
  const seeds = Array.from({ length: services }, (_, index) => seedOf(index, index === 0 ? changes : 0));
  return {
    seeds,
    catalog: {
      platform: PLATFORM,
      environments: {
        [ENVIRONMENT]: {
          namespace: 'bench',
          cluster: { server: 'https://kubernetes.default.svc' },
          versions: Object.fromEntries(seeds.map(({ key, version }) => [key, version])),
        },
      },
      defaults: DEFAULTS,
      services: Object.fromEntries(
        seeds.map((seed, index) => {
          const settings = SETTINGS[seed.shape](seed);
          return [seed.key, unlike ? withOwnSetting(settings, index) : settings];
        }),
      ),
    },
    migrations: new Map(
      seeds
        .filter(({ shape }) => shape === 'api')
        .flatMap(({ key }) => migrationFiles(key, unlike ? key.replaceAll('-', '_') : 'users')),
    ),
  };
}

function seedOf(index: number, changes: number): ServiceSeed {
  const shape = index % 2 === 0 ? 'web' : 'api';
  return {
    shape,
    key: keyOf(index),
    neighbour: keyOf(shape === 'web' ? index + 1 : index - 1),
    owner: `team-${index % 5}`,
    version: `${1 + (index % 5)}.${index}.${changes}`,
    replicas: 3 + (index % 5),
  };
}

const keyOf = (index: number): string => `${index % 2 === 0 ? 'web' : 'api'}-${String(index).padStart(5, '0')}`;

const PLATFORM: NonNullable<CatalogInput['platform']> = {
  name: 'bench',
  registry: 'registry.example.com/bench',
  prometheus: {
    address: 'http://prometheus.monitoring:9090',
    namespace: 'monitoring',
    scrapeIntervalSeconds: 15,
    labels: { release: 'monitoring' },
  },
  istio: { gateways: ['istio-ingress/public'], gatewayNamespace: 'istio-ingress', revision: 'stable' },
  argocd: { repository: 'https://git.example.com/bench/platform.git', revision: 'main', path: 'dist' },
  externalSecrets: { store: 'secrets', refreshIntervalSeconds: 3600 },
  flyway: { image: 'flyway/flyway:13.12.0' },
};

const DEFAULTS: ServiceSettings = {
  gates: { restarts: { kind: 'restarts', atMost: 0, intervalSeconds: 10, failureLimit: 0 } },
  security: { runAsUser: 65532, runAsGroup: 65532 },
  shutdown: { preStopSeconds: 15, drainSeconds: 30 },
};

const WEB_GATES = ['ready-pods', 'restarts', 'cpu', 'error-rate', 'latency'];

/** As the sample's frontend: public hosts, five weights, each judged by five gates. */
function web({ key, neighbour, owner, replicas }: ServiceSeed): ServiceSettings {
  return {
    owner,
    ports: { http: { port: 80, containerPort: 80, protocol: 'http' } },
    replicas,
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
    probes: {
      readiness: { path: '/', initialDelaySeconds: 5, periodSeconds: 5 },
      liveness: { path: '/', initialDelaySeconds: 30, periodSeconds: 10 },
    },
    config: { API_URL: `http://${neighbour}:8080`, LOG_LEVEL: 'info' },
    security: { runAsUser: 101, runAsGroup: 101, writablePaths: ['/tmp', '/var/cache/nginx', '/var/run'] },
    strategy: {
      kind: 'canary',
      steps: [10, 25, 50, 75, 100].flatMap((setWeight) => [
        { setWeight },
        { pause: { durationSeconds: 60 } },
        { analysis: WEB_GATES },
      ]),
    },
    routing: {
      hosts: [`${key}.bench.example`],
      canaryHeader: { name: 'canary', value: 'true' },
      timeoutSeconds: 15,
      retries: { attempts: 2 },
      connectionPool: { maxConnections: 100, http1MaxPendingRequests: 50, maxRequestsPerConnection: 10 },
      loadBalancer: 'LEAST_REQUEST',
      outlierDetection: { consecutive5xxErrors: 3, intervalSeconds: 30, baseEjectionTimeSeconds: 30 },
    },
    gates: {
      'ready-pods': { kind: 'readyPods', atLeast: 0.8, intervalSeconds: 10, count: 3, failureLimit: 2 },
      cpu: { kind: 'cpu', atMost: 0.8, of: 'limits', intervalSeconds: 10, count: 3, failureLimit: 2 },
      'error-rate': { kind: 'errorRate', atMost: 0.05, intervalSeconds: 30, count: 3, failureLimit: 1 },
      latency: { kind: 'latency', atMostSeconds: 0.5, quantile: 0.95, intervalSeconds: 30, count: 3, failureLimit: 1 },
    },
    traffic: { requestsPerSecond: 120 },
    objectives: { errorRate: 0.002, latencySeconds: 0.12, falseAlarmRisk: 0.01, missRisk: 0.05, promotionSeconds: 900 },
  };
}

/** As the sample's backend, with an autoscaler: secrets, metrics of its own, a background gate, all phases of migrations. */
function api({ key, neighbour, owner, replicas }: ServiceSeed): ServiceSettings {
  return {
    owner,
    ports: { http: { port: 8080 }, metrics: { port: 9090, metricsPath: '/metrics' } },
    autoscaling: { minReplicas: replicas, maxReplicas: 12, targetCpuPercent: 65, scaleDownStabilizationSeconds: 300 },
    resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { cpu: '1', memory: '512Mi' } },
    probes: {
      readiness: { path: '/ready', port: 'http', periodSeconds: 5 },
      liveness: { path: '/live', initialDelaySeconds: 20 },
      startup: { path: '/live', periodSeconds: 2, failureThreshold: 30 },
    },
    config: { DATABASE_HOST: 'database.bench.example', LOG_LEVEL: 'info' },
    secrets: {
      DATABASE_USER: { external: { key: `bench/${key}/database`, property: 'user' } },
      DATABASE_PASSWORD: { external: { key: `bench/${key}/database`, property: 'password' } },
    },
    strategy: {
      kind: 'canary',
      steps: [20, 50, 100].flatMap((setWeight) => [{ setWeight }, { pause: { durationSeconds: 120 } }]),
      background: { gates: ['success-rate', 'restarts'], startingStep: 1 },
      antiAffinity: 'preferred',
      scaleDownDelaySeconds: 30,
      abortScaleDownDelaySeconds: 30,
    },
    routing: { port: 'http' },
    gates: {
      'success-rate': {
        kind: 'successRate',
        atLeast: 0.95,
        intervalSeconds: 30,
        failureLimit: 2,
        initialDelaySeconds: 30,
      },
    },
    migrations: migrationsOf(key),
    allowedCallers: { services: [neighbour] },
    traffic: { requestsPerSecond: 80 },
  };
}

const migrationsOf = (key: string): NonNullable<ServiceSettings['migrations']> => ({
  database: {
    host: 'database.bench.example',
    port: 5432,
    name: key,
    schema: 'public',
    sslMode: 'verify-full',
    caCertificate: { configMap: 'database-ca', key: 'ca.crt' },
    serverVersion: 15,
    cidr: '10.20.0.0/16',
  },
  user: { external: { key: `bench/${key}/migration`, property: 'user' } },
  password: { external: { key: `bench/${key}/migration`, property: 'password' } },
  contracts: { '1.2': { release: '9.0' } },
});

/** The number stands in no key, name or version, which may differ between services that are alike. */
const withOwnSetting = (settings: ServiceSettings, index: number): ServiceSettings => ({
  ...settings,
  config: { ...settings.config, CACHE_ENTRIES: String(10_000_000 + index) },
});

const SETTINGS: { readonly [S in Shape]: (seed: ServiceSeed) => ServiceSettings } = { web, api };

/** A column added, filled and its forerunner dropped: the phases of the sample. */
function migrationFiles(key: string, table: string): readonly (readonly [string, string])[] {
  const file = (name: string, ...lines: readonly string[]) =>
    [`migrations/${key}/${name}`, `${lines.join('\n')}\n`] as const;
  return [
    file(
      'expand/V1__table.sql',
      "SET LOCAL lock_timeout = '500ms';",
      "SET LOCAL statement_timeout = '5s';",
      '',
      `CREATE TABLE ${table} (`,
      '  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,',
      '  email text NOT NULL UNIQUE,',
      '  email_confirmed_at timestamptz,',
      '  created_at timestamptz NOT NULL DEFAULT now()',
      ');',
    ),
    file(
      'expand/V1.1__email_verified.sql',
      '-- The constant default is a change of the catalog only.',
      "SET LOCAL lock_timeout = '500ms';",
      "SET LOCAL statement_timeout = '5s';",
      '',
      `ALTER TABLE ${table} ADD COLUMN email_verified boolean DEFAULT false NOT NULL;`,
    ),
    file(
      'backfill/V1.1.1__email_verified.sql',
      'DO $$',
      'DECLARE',
      '  done_id bigint := 0;',
      '  last_id bigint;',
      'BEGIN',
      '  LOOP',
      `    SELECT max(id) INTO last_id FROM (SELECT id FROM ${table} WHERE id > done_id ORDER BY id LIMIT 2000) AS rows;`,
      '    EXIT WHEN last_id IS NULL;',
      `    UPDATE ${table} SET email_verified = true`,
      '      WHERE id > done_id AND id <= last_id AND email_confirmed_at IS NOT NULL AND NOT email_verified;',
      '    COMMIT;',
      '    PERFORM pg_sleep(0.01);',
      '    done_id := last_id;',
      '  END LOOP;',
      'END',
      '$$;',
    ),
    file('backfill/V1.1.1__email_verified.sql.conf', 'executeInTransaction=false'),
    file(
      'contract/V1.2__drop_email_confirmed_at.sql',
      "SET LOCAL lock_timeout = '500ms';",
      '',
      `ALTER TABLE ${table} DROP COLUMN email_confirmed_at;`,
    ),
  ];
}
