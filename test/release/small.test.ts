import { parseOptions } from '../../lib/cli/release/options';
import { ATTEMPTS, waitMs, withRetries } from '../../lib/cluster/backoff';
import { ClusterFault, faultOf, retryAfterMs } from '../../lib/cluster/fault';
import { READ_VERBS, readRules } from '../../lib/release/access';
import { arrivalOf } from '../../lib/release/expected';
import { plannedSteps } from '../../lib/release/planned';
import { timeLeftOf } from '../../lib/release/steps';
import { outcomeOf } from '../../lib/release/validate';
import { sampleScope } from '../tools/catalog';
import { clusterOf, NOW, rolloutObject, stateOf } from './objects';

test.each([
  ['r.example/web:1', ['r.example/web:1'], 'arrived'],
  ['r.example/web:2', ['r.example/web:1'], 'other'],
  ['r.example:5000/web:2', ['r.example:5000/web:2', 'sidecar:1'], 'arrived'],
  ['r.example/web:1@sha256:aa', ['r.example/web:1@sha256:bb'], 'other'],
  ['r.example/web:1@sha256:aa', ['r.example/web:0@sha256:aa'], 'arrived'],
  ['r.example/web:1', ['r.example/api:1'], 'unknown'],
  [undefined, ['r.example/api:1'], 'unknown'],
] as const)('%s against %j: %s', (expected, running, arrival) => {
  expect(arrivalOf(expected, running)).toBe(arrival);
});

test('a wait doubles up to its bound, and is never shorter than what the server asks for', () => {
  expect([0, 1, 2, 3, 10].map((attempt) => waitMs(attempt, undefined, 0))).toEqual([250, 500, 1000, 2000, 8000]);
  expect(waitMs(0, new ClusterFault('throttled', '', 5000), 0)).toBe(5000);
  expect(waitMs(10, undefined, 1)).toBe(4000);
});

test.each([
  ['3', 3000],
  ['3600', 30_000],
  ['Mon, 23 Nov 2026 12:00:10 GMT', 10_000],
  ['soon', undefined],
  [undefined, undefined],
] as const)('Retry-After %s: %s ms', (header, ms) => expect(retryAfterMs(header, NOW)).toBe(ms));

test.each([
  [403, 1],
  [404, 1],
  [500, ATTEMPTS],
  [429, ATTEMPTS],
])('an answer of %i is asked for %i times at the most', async (status, times) => {
  jest.useFakeTimers({ advanceTimers: 1000 });
  let asked = 0;
  const request = async () => {
    asked += 1;
    throw faultOf(status, 'GET /x', '', undefined);
  };
  const failed = expect(withRetries(request)).rejects.toThrow(String(status));
  await jest.advanceTimersByTimeAsync(60_000);
  await failed;
  jest.useRealTimers();
  expect(asked).toBe(times);
});

test('the Role reads what the commands read, and no Secret', () => {
  const rules = readRules();
  expect(rules.flatMap(({ verbs }) => verbs).every((verb) => READ_VERBS.some((one) => one === verb))).toBe(true);
  expect(rules.flatMap(({ resources }) => resources)).not.toContain('secrets');
  expect(rules.map(({ apiGroups }) => apiGroups[0])).toEqual([
    '',
    'apps',
    'argoproj.io',
    'batch',
    'gateway.networking.k8s.io',
    'networking.istio.io',
    'networking.k8s.io',
  ]);
});

const OVER = { moved: true, seconds: 5, settleSeconds: 10, timeoutSeconds: 60 };
const atRest = { rollouts: [rolloutObject({ 'status/currentPodHash': 'old', 'status/phase': 'Healthy' })] };

test('a version that was promoted before anything moved must stay so for a while', () => {
  const promoted = stateOf(atRest);
  expect(outcomeOf(promoted, OVER)).toMatchObject({ done: true, exit: 0 });
  expect(outcomeOf(promoted, { ...OVER, moved: false })).toEqual({ done: false });
  expect(outcomeOf(promoted, { ...OVER, moved: false, seconds: 10 })).toMatchObject({ done: true, exit: 0 });
});

test('with the catalog ahead of the cluster it waits until the time is over, and does not call that promoted', () => {
  const state = stateOf(atRest, { image: 'registry.example.com/web:3.0.0' });
  expect(outcomeOf(state, { ...OVER, seconds: 59 })).toEqual({ done: false });
  expect(outcomeOf(state, { ...OVER, seconds: 60 })).toMatchObject({ done: true, exit: 2 });
});

test('the time of the cluster is that of its server, or of the newest thing that it knows', () => {
  expect(clusterOf().now).toBe(NOW);
});

test.each([
  [['status'], 'status needs the name of a service'],
  [['stats', 'web'], 'there is no command "stats"'],
  [[], 'a command is missing'],
  [['status', 'web', 'api'], '"api" is too much: status takes one service'],
  [['status', 'web', '--format', 'xml'], '--format is text or json'],
  [['validate', 'web', '--timeout', 'soon'], '--timeout is a duration such as 20m, not "soon"'],
])('%j: %s', (args, fault) => expect(parseOptions(args)).toEqual({ fault }));

test('the time that is left is by the plan where its steps are those of the Rollout', () => {
  const service = sampleScope('backend').service;
  const planned = plannedSteps(service);
  expect(planned).toHaveLength(6);
  // Pauses of 120, 120 and 60 s, and what pods take to start.
  expect(planned[1]).toBeCloseTo(120);
  expect(planned[0]).toBeGreaterThan(0);
  const state = clusterOf();
  expect(timeLeftOf(state, [30, 60, 40])).toEqual({ seconds: 100, from: 'plan', atLeast: false });
  expect(timeLeftOf(state, [30, undefined, 40])).toEqual({ seconds: 100, from: 'plan', atLeast: false });
  const waits = clusterOf({ rollouts: [rolloutObject({ 'spec/strategy/canary/steps/1': { pause: {} } })] });
  expect(timeLeftOf(waits, [30, undefined, 40])).toEqual({ seconds: 40, from: 'plan', atLeast: true });
  expect(timeLeftOf(state, planned)).toEqual({ seconds: 60, from: 'steps', atLeast: true });
});
