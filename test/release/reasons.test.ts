import type { RawObjects } from '../../lib/release/assemble';
import { RELEASE_CODES } from '../../lib/release/codes';
import { inCatalogWords } from '../../lib/release/invalid-spec';
import { REASONS, type ReasonKind } from '../../lib/release/reasons';
import { ago, eventObject, podObject, replicaSetObject, rolloutObject, stateOf } from './objects';

const waiting = (reason: string, message = '') => ({
  'status/containerStatuses/0/state': { waiting: { reason, message } },
});
/** Long enough ago for what passes by itself to have passed. */
const old = { 'metadata/creationTimestamp': ago(90) };
const IDLE = [replicaSetObject('old', 1, 3), replicaSetObject('new', 2, 0)];
const application = (sync: string, more: Readonly<Record<string, unknown>> = {}) => ({
  metadata: { name: 'shop-production-web' },
  status: { sync: { status: sync, revision: 'b0b0b0b0b0' }, health: { status: 'Progressing' }, ...more },
});
const job = (type: string, at: string) => ({
  metadata: { name: 'web-expand-1', labels: { 'app.kubernetes.io/name': 'web-migrate' }, creationTimestamp: at },
  status:
    type === 'active'
      ? { active: 1 }
      : { conditions: [{ type, status: 'True', reason: 'BackoffLimitExceeded', message: 'no more' }] },
});
const run = (phase: string, result: Readonly<Record<string, unknown>>) => ({
  metadata: {
    name: 'web-new-2-2',
    labels: { 'rollout-type': 'Step', 'rollouts-pod-template-hash': 'new' },
    ownerReferences: [{ kind: 'Rollout', name: 'web', controller: true }],
  },
  spec: { metrics: [{ name: 'errors', interval: '10s', count: 3, failureLimit: 1, inconclusiveLimit: 1 }] },
  status: { phase, metricResults: [{ name: 'errors', phase, ...result }] },
});

/** What holds a release up, the objects that show it, whether that ends it, and words that must be told. */
const HOLDS: readonly (readonly [string, ReasonKind, boolean, Partial<RawObjects>, RegExp])[] = [
  [
    'a pod that is not ready',
    'notReady',
    false,
    { replicaSets: IDLE, pods: [podObject('web-new-a')] },
    /web-new-a for 30 s$/,
  ],
  [
    'a probe that fails',
    'notReady',
    false,
    {
      replicaSets: IDLE,
      pods: [podObject('web-new-a')],
      events: [eventObject('Pod', 'web-new-a', 'Unhealthy', 'Readiness probe failed: 503')],
    },
    /Readiness probe failed: 503$/,
  ],
  [
    'a Secret that is not there',
    'notReady',
    true,
    {
      replicaSets: IDLE,
      pods: [podObject('web-new-a', { ...waiting('CreateContainerConfigError', 'secret "db" not found'), ...old })],
    },
    /CreateContainerConfigError: secret "db" not found$/,
  ],
  [
    'a Secret that is not there yet',
    'notReady',
    false,
    {
      replicaSets: IDLE,
      pods: [podObject('web-new-a', waiting('CreateContainerConfigError', 'secret "db" not found'))],
    },
    /CreateContainerConfigError/,
  ],
  [
    'a container that ends again and again',
    'crashLooping',
    true,
    {
      replicaSets: IDLE,
      pods: [
        podObject('web-new-a', {
          ...waiting('CrashLoopBackOff'),
          'status/containerStatuses/0/restartCount': 4,
          'status/containerStatuses/0/lastState': { terminated: { reason: 'OOMKilled', exitCode: 137 } },
        }),
      ],
    },
    /^container web of pod web-new-a ended 4 times, last with OOMKilled, exit code 137$/,
  ],
  [
    'a container that ended once, and runs',
    'crashLooping',
    false,
    { replicaSets: IDLE, pods: [podObject('web-new-a', { 'status/containerStatuses/0/restartCount': 1 })] },
    /^a container of pod web-new-a ended 1 times$/,
  ],
  [
    'a container that ends again and again, and runs in between (B4)',
    'crashLooping',
    true,
    {
      pods: [
        podObject('web-new-a', {
          'status/conditions/0/status': 'True',
          'status/containerStatuses/0/restartCount': 3,
          'status/containerStatuses/0/lastState': { terminated: { reason: 'Error', exitCode: 1 } },
        }),
      ],
    },
    /^a container of pod web-new-a ended 3 times, last with Error, exit code 1$/,
  ],
  [
    'an image that could not be pulled once',
    'imagePull',
    false,
    { replicaSets: IDLE, pods: [podObject('web-new-a', waiting('ErrImagePull', 'timeout'))] },
    /ErrImagePull: timeout$/,
  ],
  [
    'an image that could not be pulled twice',
    'imagePull',
    true,
    {
      replicaSets: IDLE,
      pods: [podObject('web-new-a', waiting('ErrImagePull', 'not found'))],
      events: [eventObject('Pod', 'web-new-a', 'Failed', 'Failed to pull image', 2)],
    },
    /not found$/,
  ],
  [
    'a name that is no image',
    'imagePull',
    true,
    { replicaSets: IDLE, pods: [podObject('web-new-a', waiting('InvalidImageName', 'x'))] },
    /InvalidImageName/,
  ],
  [
    'no node that takes it',
    'unschedulable',
    false,
    {
      replicaSets: IDLE,
      pods: [
        podObject('web-new-a', {
          'status/conditions/1': { type: 'PodScheduled', status: 'False', message: '0/3 nodes are available' },
        }),
      ],
    },
    /0\/3 nodes are available$/,
  ],
  [
    'a quota, by the condition of the ReplicaSet',
    'quota',
    true,
    {
      replicaSets: [
        replicaSetObject('old', 1, 3),
        replicaSetObject('new', 2, 0, {
          'status/conditions': [{ type: 'ReplicaFailure', status: 'True', message: 'exceeded quota: pods' }],
        }),
      ],
    },
    /exceeded quota: pods$/,
  ],
  [
    'a quota, by an event',
    'quota',
    true,
    { replicaSets: IDLE, events: [eventObject('ReplicaSet', 'web-new', 'FailedCreate', 'exceeded quota: cpu')] },
    /exceeded quota: cpu$/,
  ],
  [
    'a Rollout that is refused',
    'invalidSpec',
    true,
    {
      rollouts: [
        rolloutObject({
          'status/phase': 'Degraded',
          'status/conditions/1': {
            type: 'InvalidSpec',
            status: 'True',
            message:
              'The Rollout "web" is invalid: spec.strategy.steps[1].pause.duration: Invalid value: -1: Duration needs to be greater than 0',
          },
        }),
      ],
    },
    /^services\.web\.strategy\.steps\[1\]\.pause\.duration: /,
  ],
  [
    'a pause by hand',
    'paused',
    true,
    { rollouts: [rolloutObject({ 'spec/paused': true, 'status/phase': 'Paused' })] },
    /spec\.paused/,
  ],
  [
    'a pause without an end',
    'paused',
    true,
    {
      rollouts: [
        rolloutObject({
          'spec/strategy/canary/steps/1': { pause: {} },
          'status/phase': 'Paused',
          'status/pauseConditions': [{ reason: 'CanaryPauseStep', startTime: ago(5) }],
        }),
      ],
    },
    /^step 2, pause until promoted$/,
  ],
  [
    'a pause by an analysis that could not decide',
    'paused',
    true,
    {
      rollouts: [
        rolloutObject({ 'status/phase': 'Paused', 'status/pauseConditions': [{ reason: 'InconclusiveAnalysisRun' }] }),
      ],
    },
    /could not decide/,
  ],
  [
    'a gate that could not decide',
    'analysisInconclusive',
    false,
    { analysisRuns: [run('Inconclusive', { count: 2, inconclusive: 2 })] },
    /^gate errors: 2 measurements neither passed nor failed, and only 1 may/,
  ],
  [
    'a gate that failed',
    'gateFailed',
    false,
    { analysisRuns: [run('Failed', { count: 2, failed: 2 })] },
    /2 measurements failed, and only 1 may/,
  ],
  [
    'a gate in error',
    'gateFailed',
    false,
    { analysisRuns: [run('Error', { count: 0, error: 5, consecutiveError: 5, message: 'no such host' })] },
    /5 measurements in a row gave an error, and at most 4 may: no such host/,
  ],
  [
    'the wait before the DestinationRule is switched (B2)',
    'waitingForDestinationRuleSwitch',
    false,
    { replicaSets: IDLE, pods: [podObject('web-new-a')] },
    /^0 of 1 pods of ReplicaSet web-new are available/,
  ],
  [
    'a deadline that the controller does not tell (B2)',
    'deadlinePassed',
    true,
    {
      rollouts: [rolloutObject({ 'status/conditions/0/lastUpdateTime': ago(400) })],
      replicaSets: [
        replicaSetObject('old', 1, 3),
        replicaSetObject('new', 2, 0, { 'metadata/creationTimestamp': ago(400) }),
      ],
      pods: [podObject('web-new-a')],
    },
    /^no progress for 400 s, and the deadline is 300 s: web-new has 0 of 1 pods$/,
  ],
  [
    'Argo CD out of sync',
    'outOfSync',
    false,
    { applications: [application('OutOfSync')] },
    /is OutOfSync at b0b0b0b0b$/,
  ],
  [
    'a sync that failed',
    'outOfSync',
    true,
    { applications: [application('OutOfSync', { operationState: { phase: 'Failed', message: 'hook failed' } })] },
    /its last sync failed: hook failed$/,
  ],
  ['a migration that runs', 'migrationRunning', false, { jobs: [job('active', ago(10))] }, /web-expand-1/],
  [
    'a migration that failed',
    'migrationFailed',
    true,
    { jobs: [job('Failed', ago(10))] },
    /BackoffLimitExceeded: no more$/,
  ],
  [
    'weights that somebody else wrote',
    'weightsDiffer',
    false,
    {
      rollouts: [rolloutObject({ 'status/canary': { weights: { canary: { weight: 10 } } } })],
      virtualServices: [
        {
          metadata: { name: 'web' },
          spec: { http: [{ name: 'primary', route: [{ destination: { host: 'web', subset: 'canary' }, weight: 0 }] }] },
        },
      ],
    },
    /set 10 % .* has 0 %$/,
  ],
  [
    'a change that the controller has not seen',
    'notObserved',
    false,
    { rollouts: [rolloutObject({ 'metadata/generation': 3 })] },
    /not yet/,
  ],
];

test.each(HOLDS)('%s: %s', (_, kind, blocking, objects, words) => {
  const { reasons, verdict } = stateOf(objects);
  const found = reasons.find((one) => one.kind === kind);
  expect(found).toMatchObject({
    code: REASONS[kind],
    blocking,
    message: expect.stringMatching(words),
    next: expect.stringMatching(/\w/),
  });
  expect(verdict === 'stuck').toBe(blocking);
});

test('nothing holds up a release that goes well', () => {
  expect(stateOf()).toMatchObject({ verdict: 'progressing', reasons: [] });
});

test('a version that the catalog has replaced is not yet promoted; another repository tells nothing', () => {
  const rollouts = [rolloutObject({ 'status/currentPodHash': 'old', 'status/phase': 'Healthy' })];
  const verdictOf = (image: string) => stateOf({ rollouts }, { image }).verdict;
  expect(verdictOf('registry.example.com/web:2.0.0')).toBe('promoted');
  expect(verdictOf('registry.example.com/web:2.0.1')).toBe('progressing');
  expect(verdictOf('elsewhere.example.com/web:9')).toBe('promoted');
});

test('Argo CD that applies an older commit is told, where Git can tell', () => {
  const applications = [
    application('OutOfSync', {
      operationState: { phase: 'Running', operation: { sync: { revision: 'a0a0a0a0a0a0' } } },
    }),
  ];
  const kinds = (contains: boolean | undefined) =>
    stateOf({ applications }, { commit: 'c0c0c0c0c0', contains: () => contains }).reasons.map(({ kind }) => kind);
  expect(kinds(false)).toContain('syncingOlderCommit');
  expect(kinds(true)).not.toContain('syncingOlderCommit');
  expect(kinds(undefined)).not.toContain('syncingOlderCommit');
});

test('what differs after the commit was applied does not keep it waiting', () => {
  const operationState = { phase: 'Succeeded', syncResult: { revision: 'd0d0d0d0d0' } };
  const applications = [application('OutOfSync', { operationState })];
  const kinds = (contains: boolean | undefined) =>
    stateOf({ applications }, { commit: 'c0c0c0c0c0', contains: () => contains }).reasons.map(({ kind }) => kind);
  expect([kinds(true), kinds(false), kinds(undefined)]).toEqual([['drifted'], ['outOfSync'], ['outOfSync']]);
});

test('a migration of an earlier release holds nothing up once a newer version is promoted', () => {
  const rollouts = [rolloutObject({ 'status/currentPodHash': 'old', 'status/phase': 'Healthy' })];
  expect(stateOf({ rollouts, jobs: [job('Failed', ago(9000))] }).reasons).toEqual([]);
});

test('every reason has a case, and a code of its own', () => {
  const shown = new Set([...HOLDS.map(([, kind]) => kind), 'otherVersion', 'syncingOlderCommit', 'drifted']);
  expect([...shown].sort()).toEqual(Object.keys(REASONS).sort());
  const codes = Object.values(REASONS);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.filter((code) => !(code in RELEASE_CODES))).toEqual([]);
});

/** Messages of the controller, as it gave them (controller-cases of the linter), and where to look. */
const REFUSALS: readonly (readonly [string, string | undefined, RegExp])[] = [
  [
    'spec.strategy.canary.trafficRouting.istio.virtualService.name: Invalid value: "web": HTTP Route \'primary\' is not found in the defined Virtual Service.',
    'services.web.routing',
    /no route "primary"/,
  ],
  [
    'spec.strategy.canary.analysis.templates: Invalid value: "nope": AnalysisTemplate \'nope\' not found',
    'services.web.strategy.background',
    /no AnalysisTemplate "nope"/,
  ],
  [
    'spec.strategy.steps[0].setWeight: Invalid value: 101: SetWeight needs to be between 0 and 100',
    'services.web.strategy.steps[0].setWeight',
    /between 0 and 100/,
  ],
  [
    'spec.progressDeadlineSeconds: Invalid value: 10: must be greater than minReadySeconds',
    'services.web.strategy.progressDeadlineSeconds',
    /greater than/,
  ],
  ['something new', undefined, /^something new$/],
];

test('with lowOverhead the index of a step is not that of the catalog, and none is told', () => {
  const message = 'spec.strategy.steps[5].setWeight: Invalid value: 101: SetWeight needs to be between 0 and 100';
  const path = (dynamicStableScale: boolean) => inCatalogWords('web', message, { dynamicStableScale }).path;
  expect(path(true)).toBe('services.web.strategy.steps');
  expect(path(false)).toBe('services.web.strategy.steps[5].setWeight');
});

test.each(REFUSALS)('%s', (message, path, words) => {
  expect(inCatalogWords('web', `The Rollout "web" is invalid: ${message}`)).toMatchObject({
    path,
    words: expect.stringMatching(words),
  });
});
