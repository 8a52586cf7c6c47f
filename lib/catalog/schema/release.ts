import { Type } from '@sinclair/typebox';
import {
  amount,
  DNS_LABEL,
  fields,
  flag,
  integer,
  mapOf,
  name,
  oneOf,
  ratio,
  removable,
  risk,
  seconds,
  text,
} from './scalars';

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

/** A list of names of gates. */
export const gateNames = (told: string) =>
  Type.Array(name({ description: "Name of one of the service's gates." }), {
    uniqueItems: true,
    minItems: 1,
    maxItems: 20,
    description: told,
  });

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
    relative: flag({
      description:
        'The bound holds for the difference to the stable version in the same window, at the steps of a canary; to the baseline of an experiment; or to the control of an A/B test (errorRate, latency).',
      default: false,
    }),
    auto: flag({
      description:
        'Its numbers are worked out from traffic and objectives, for the steps that ask it: bound, window, interval, count, limits and minRequests (errorRate, successRate, latency). With `relative` the bound is for what it may be worse than the stable version.',
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
      default: 'the least of requestsPerSecondByHour',
      examples: [120],
    }),
    requestsPerSecondByHour: Type.Array(amount({ description: 'Requests a second in one hour.' }), {
      minItems: 24,
      maxItems: 24,
      description:
        'Requests a second in each hour of the day, from midnight UTC: 24 numbers, by which a plan tells when to release.',
    }),
  },
  { description: 'Expected load: what the gates can see depends on it.' },
);

export const objectives = fields(
  {
    errorRate: ratio({ description: 'Share of failed requests in normal times.', examples: [0.002] }),
    maxErrorRate: ratio({
      description: 'Share of failed requests that must not be reached: a release that fails as many must be stopped.',
      examples: [0.05],
    }),
    latencySeconds: amount({
      description: '95th percentile of the latency in normal times, in seconds.',
      examples: [0.12],
    }),
    medianLatencySeconds: amount({
      description:
        'Median of the latency in normal times, in seconds; between the two latencies are taken to be log-normal.',
      default: 'a third of latencySeconds',
    }),
    maxLatencySeconds: amount({
      description: '95th percentile that must not be reached, in seconds: a release as slow must be stopped.',
      examples: [0.25],
    }),
    falseAlarmRisk: risk({ description: 'Accepted chance to stop a good release.', default: 0.01 }),
    missRisk: risk({ description: 'Accepted chance to let a bad release through.', default: 0.05 }),
    promotionSeconds: seconds(1, {
      description: 'Longest time from the first pod to 100 %, in seconds.',
      default: 720,
    }),
    maxExtraPods: integer(0, 100_000, {
      description: 'Most pods above those of the steady state while a release goes on.',
    }),
  },
  { description: 'What is normal, what must be stopped, and what risk is accepted.' },
);

export const requestMetrics = removable(
  fields(
    {
      requests: Type.String({
        pattern: '^[a-zA-Z_:][a-zA-Z0-9_:]*$',
        maxLength: 200,
        description: 'Counter of the requests.',
        examples: ['http_server_requests_seconds_count'],
      }),
      codeLabel: Type.String({
        pattern: '^[a-zA-Z_][a-zA-Z0-9_]*$',
        maxLength: 100,
        description: 'Its label with the status.',
        default: 'code',
      }),
      failedCodes: Type.String({
        pattern: '^[A-Za-z0-9.|]+$',
        maxLength: 200,
        description: 'Regular expression of the statuses that are failures.',
        default: '5..',
      }),
      durationBuckets: Type.String({
        pattern: '^[a-zA-Z_:][a-zA-Z0-9_:]*$',
        maxLength: 200,
        description: 'Histogram of the latency in seconds, for gates of kind latency.',
        examples: ['http_server_requests_seconds_bucket'],
      }),
    },
    {
      description:
        "The application's own metrics of its requests, for gates about requests where the pods have no sidecar. A port with metricsPath must tell them.",
    },
  ),
);
