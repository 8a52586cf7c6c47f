import { Type } from '@sinclair/typebox';
import {
  amount,
  DNS_LABEL,
  fields,
  flag,
  hostname,
  integer,
  mapOf,
  name,
  oneOf,
  ratio,
  removable,
  seconds,
  text,
} from './scalars';

/** Release strategies; each has one file in charts/strategies/. */
export const STRATEGIES = ['canary'] as const;
/** Traffic routers; each has one file in charts/routers/. */
export const ROUTERS = ['istio'] as const;
/** What a gate may ask; each has one entry in lib/catalog/gate-kinds.ts. */
export const GATE_KINDS = [
  'readyPods',
  'restarts',
  'cpu',
  'memory',
  'errorRate',
  'successRate',
  'latency',
  'query',
] as const;

const gateNames = (told: string) =>
  Type.Array(name({ description: "Name of one of the service's gates." }), {
    uniqueItems: true,
    minItems: 1,
    maxItems: 20,
    description: told,
  });

const step = fields(
  {
    setWeight: integer(0, 100, { description: 'Share of requests that the canary gets, in %.' }),
    pause: fields(
      { durationSeconds: seconds(1, { description: 'How long, in seconds. Left out: until somebody resumes.' }) },
      { description: 'Wait before the next step.' },
    ),
    analysis: gateNames('Gates that must pass before the next step.'),
  },
  { minProperties: 1, maxProperties: 1, description: 'One step: exactly one of its fields.' },
);

export const strategy = fields(
  {
    kind: oneOf(STRATEGIES, { description: 'How the new version takes over.', default: 'canary' }),
    steps: Type.Array(step, {
      minItems: 1,
      maxItems: 100,
      description: 'What happens, in order, before the new version is promoted.',
    }),
    background: removable(
      fields(
        {
          gates: gateNames('Gates that are measured all the time while the steps run.'),
          startingStep: integer(0, 99, {
            description: 'Index of the first step with the gates running, from 0.',
            default: 1,
          }),
        },
        { description: 'Analysis beside the steps; a failure aborts at once.' },
      ),
    ),
    antiAffinity: oneOf(['none', 'preferred', 'required'], {
      description: 'Keeps canary and stable pods off the same node.',
      default: 'none',
    }),
    scaleDownDelaySeconds: seconds(1, {
      description: 'Time that the previous version stays up after the promotion, in seconds.',
      default: 30,
    }),
    abortScaleDownDelaySeconds: seconds(1, {
      description: 'Time that the canary stays up after an abort, in seconds; 0 would mean for ever.',
      default: 30,
    }),
    minReadySeconds: seconds(0, {
      description: 'Time that a pod must be ready without a crash before it counts, in seconds.',
      default: 15,
    }),
    progressDeadlineSeconds: seconds(10, {
      description: 'Time without progress after which the release is aborted, in seconds.',
      default: 600,
    }),
    revisionHistoryLimit: integer(1, 50, { description: 'Old ReplicaSets kept.', default: 5 }),
    rollbackWindowRevisions: integer(1, 50, {
      description: 'Going back to one of this many revisions skips the steps.',
      default: 3,
    }),
  },
  { description: 'How a new version takes over.' },
);

const header = fields(
  {
    name: Type.String({ pattern: '^[A-Za-z0-9-]{1,128}$', description: 'Header name.', default: 'canary' }),
    value: Type.String({ pattern: '^[\\x21-\\x7e]{1,256}$', description: 'Exact value.', default: 'true' }),
  },
  {
    description:
      'Requests with this header always go to the canary, so that it can be tried before anybody else gets it; they are never served by the stable version instead, so they fail while the canary of a release has no ready pod.',
  },
);

const retries = fields(
  {
    attempts: integer(0, 10, { description: 'Retries of one request.', default: 2 }),
    perTryTimeoutSeconds: seconds(1, {
      description: 'Time that one try may take, in seconds. Left out: as long as the request.',
    }),
    retryOn: Type.String({
      pattern: '^[a-z0-9-]+(,[a-z0-9-]+)*$',
      description: "Envoy's retry conditions.",
      default: 'connect-failure,refused-stream,unavailable',
    }),
  },
  { description: 'Retries by the proxy. The default repeats only what the server never began to work on.' },
);

const connectionPool = fields(
  {
    maxConnections: integer(1, 1_000_000, { description: 'TCP connections to the whole service, per proxy.' }),
    http1MaxPendingRequests: integer(1, 1_000_000, { description: 'HTTP/1.1 requests waiting for a connection.' }),
    http2MaxRequests: integer(1, 1_000_000, { description: 'Requests in flight.' }),
    maxRequestsPerConnection: integer(1, 1_000_000, { description: 'Requests after which a connection is closed.' }),
    connectTimeoutSeconds: seconds(1, { description: 'Time that opening a connection may take, in seconds.' }),
  },
  { description: 'Limits of the connections that each proxy opens.' },
);

const outlierDetection = fields(
  {
    consecutive5xxErrors: integer(1, 1000, {
      description: 'Errors in a row after which a pod is left out.',
      default: 5,
    }),
    intervalSeconds: seconds(1, { description: 'Time between two sweeps, in seconds.', default: 10 }),
    baseEjectionTimeSeconds: seconds(1, {
      description: 'Shortest time that a pod is left out, in seconds.',
      default: 30,
    }),
    maxEjectionPercent: integer(0, 100, { description: 'Most pods left out at once, in %.', default: 10 }),
  },
  { description: 'Leaves failing pods out of load balancing.' },
);

export const routing = fields(
  {
    router: oneOf(ROUTERS, { description: 'What splits the traffic.', default: 'istio' }),
    port: name({ description: 'Name of the port that is routed.', default: 'the only port, or `http`' }),
    hosts: Type.Array(hostname({ description: 'Public host name.' }), {
      uniqueItems: true,
      maxItems: 50,
      description: 'Public host names; the in-mesh name is always routed.',
      default: [],
    }),
    gateways: Type.Array(
      Type.String({
        pattern: `${DNS_LABEL.slice(0, -1)}/[a-z0-9]([-a-z0-9]*[a-z0-9])?$`,
        maxLength: 127,
        description: '<namespace>/<name> of an Istio Gateway.',
      }),
      {
        uniqueItems: true,
        maxItems: 10,
        description: 'Gateways that serve the public hosts.',
        default: 'platform.istio.gateways',
      },
    ),
    canaryHeader: removable(header),
    timeoutSeconds: seconds(1, {
      description:
        'Time that a request may take with all its retries, in seconds. Left out: no limit, as streams need.',
    }),
    retries,
    connectionPool,
    loadBalancer: oneOf(['LEAST_REQUEST', 'ROUND_ROBIN', 'RANDOM'], {
      description: 'How a proxy picks a pod.',
      default: 'LEAST_REQUEST',
    }),
    outlierDetection: removable(outlierDetection),
  },
  { description: 'How requests reach the pods.' },
);

export const gate = fields(
  {
    kind: oneOf(GATE_KINDS, { description: 'What is measured, on the pods of the canary only.' }),
    atMost: amount({ description: 'Passes at or below (errorRate, cpu, memory: ratio from 0 to 1; restarts: count).' }),
    atLeast: amount({ description: 'Passes at or above (readyPods, successRate: ratio from 0 to 1).' }),
    atMostSeconds: amount({ description: 'Passes at or below, in seconds (latency).', examples: [0.5] }),
    quantile: ratio({ description: 'Which latency (latency).', default: 0.95 }),
    of: oneOf(['requests', 'limits'], { description: 'What the use is divided by (cpu, memory).', default: 'limits' }),
    query: text({
      description: 'PromQL that gives one number for the canary; it must use {{args.canary-hash}} (query).',
    }),
    intervalSeconds: seconds(1, { description: 'Time between two measurements, in seconds.', default: 30 }),
    count: integer(1, 1000, {
      description: 'Measurements at a step; in the background it is measured until the steps end.',
      default: 3,
    }),
    failureLimit: integer(0, 1000, {
      description: 'Failed measurements that are forgiven: one more aborts.',
      default: 1,
    }),
    inconclusiveLimit: integer(0, 1000, {
      description:
        'Measurements without an answer (no data, too few requests) that are forgiven; one more pauses the release.',
      default: 'half of count at the most, and so that one measurement must have passed; 4 in the background',
    }),
    consecutiveErrorLimit: integer(0, 1000, {
      description: 'Failed queries in a row that are forgiven: one more aborts.',
      default: 4,
    }),
    initialDelaySeconds: seconds(0, { description: 'Wait before the first measurement, in seconds.', default: 0 }),
    windowSeconds: seconds(10, { description: 'How far a measurement looks back, in seconds.', default: 60 }),
    minRequests: integer(0, 1_000_000_000, {
      description:
        'Requests that the canary must have served within the window; with fewer the measurement is inconclusive.',
      default: 20,
    }),
    dryRun: flag({ description: 'Measured and shown, but never stops a release: for new gates.', default: false }),
  },
  { description: 'A question with a number that the canary must answer.' },
);

export const gates = mapOf(DNS_LABEL, removable(gate), {
  description: 'Gates by name; they count where a step or the background analysis names them.',
  examples: [{ 'error-rate': { kind: 'errorRate', atMost: 0.05 } }],
});

export const traffic = fields(
  {
    requestsPerSecond: amount({
      description: 'Requests a second that this service gets in the quietest hour in which it is released.',
      examples: [120],
    }),
  },
  { description: 'Expected load: what the gates can see depends on it.' },
);

export const objectives = fields(
  {
    errorRate: ratio({ description: 'Share of failed requests in normal times.', examples: [0.002] }),
    latencySeconds: amount({
      description: '95th percentile of the latency in normal times, in seconds.',
      examples: [0.12],
    }),
    falseAlarmRisk: ratio({ description: 'Accepted chance to stop a good release.', default: 0.01 }),
    missRisk: ratio({ description: 'Accepted chance to let a bad release through.', default: 0.05 }),
    promotionSeconds: seconds(1, {
      description: 'Longest time from the first pod to 100 %, in seconds.',
      default: 720,
    }),
  },
  { description: 'What is normal, and what risk is accepted.' },
);
