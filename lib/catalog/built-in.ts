import { DEFAULT_EVENTS } from './notify-events';
import type { ServiceSettings } from './schema/catalog';

/**
 * What holds when no layer of the catalog says anything: the lowest layer of every service. The schema tells the same values
 * to editors; a test compares them.
 */
export const BUILT_IN = {
  enabled: true,
  image: { pullPolicy: 'IfNotPresent' },
  replicas: 2,
  resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
  probes: { readiness: {} },
  security: { runAsUser: 65532, runAsGroup: 65532, writablePaths: ['/tmp'] },
  shutdown: { preStopSeconds: 15, drainSeconds: 30 },
  strategy: {
    kind: 'canary',
    optimizeFor: 'fastRollback',
    maxSurge: '25%',
    maxUnavailable: '0',
    antiAffinity: 'none',
    scaleDownDelaySeconds: 30,
    abortScaleDownDelaySeconds: 30,
    minReadySeconds: 15,
    progressDeadlineSeconds: 600,
    revisionHistoryLimit: 5,
    rollbackWindowRevisions: 3,
  },
  routing: {
    router: 'istio',
    hosts: [],
    retries: { attempts: 2, retryOn: 'connect-failure,refused-stream,unavailable' },
    splitting: 'subset',
    loadBalancer: 'LEAST_REQUEST',
  },
  allowedCallers: { services: [], namespaces: [] },
  objectives: { falseAlarmRisk: 0.01, missRisk: 0.05, promotionSeconds: 720 },
} as const satisfies ServiceSettings;

/** What holds inside of things that a service may have or not, once it has them. */
export const ITEM_DEFAULTS = {
  port: { protocol: 'http' },
  autoscaling: { scaleDownStabilizationSeconds: 300 },
  probe: {
    kind: 'http',
    path: '/',
    initialDelaySeconds: 0,
    periodSeconds: 10,
    timeoutSeconds: 1,
    failureThreshold: 3,
    successThreshold: 1,
  },
  canaryHeader: { name: 'canary', value: 'true' },
  blueGreen: { promotion: 'automatic' },
  testCookie: { maxAgeSeconds: 604_800, secure: true },
  experiment: { replicas: 1 },
  alb: { scheme: 'internal', certificates: [], deregistrationDelaySeconds: 10, pingPong: true },
  targetGroups: { managedBy: 'ingress' },
  targetGroupWeights: { blue: 100, green: 0 },
  route53: { ttlSeconds: 60 },
  requestMetrics: { codeLabel: 'code', failedCodes: '5..' },
  outlierDetection: {
    consecutive5xxErrors: 5,
    intervalSeconds: 10,
    baseEjectionTimeSeconds: 30,
    maxEjectionPercent: 10,
  },
  gate: {
    quantile: 0.95,
    of: 'limits',
    intervalSeconds: 30,
    count: 3,
    failureLimit: 1,
    consecutiveErrorLimit: 4,
    initialDelaySeconds: 0,
    windowSeconds: 60,
    minRequests: 20,
    relative: false,
    dryRun: false,
  },
  notification: { on: DEFAULT_EVENTS },
  migrations: { activeDeadlineSeconds: 900, lockTimeoutSeconds: 2, judgedFrom: '0' },
  database: { port: 5432, schema: 'public', sslMode: 'require', serverVersion: 15 },
} as const;
