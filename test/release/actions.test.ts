import { ACTIONS, type Action, planAction } from '../../lib/release/actions';
import type { Edits } from '../catalog/minimal';
import { clusterOf, rolloutObject } from './objects';

const STEP = { 'status/pauseConditions': [{ reason: 'CanaryPauseStep' }], 'status/controllerPause': true };
const INCONCLUSIVE = {
  ...STEP,
  'status/pauseConditions': [{ reason: 'InconclusiveAnalysisRun' }],
  'status/canary': { currentStepAnalysisRunStatus: { name: 'web-new-2-1', status: 'Inconclusive' } },
};

/** What the kubectl plugin sends: status, spec, and both where the server has no resource for the status. */
const PATCHES: readonly (readonly [
  string,
  Action,
  Edits,
  boolean,
  readonly [string | undefined, string | undefined, string],
])[] = [
  ['abort', 'abort', {}, false, ['{"status":{"abort":true}}', undefined, '{"status":{"abort":true}}']],
  [
    'retry',
    'retry',
    { 'status/abort': true },
    false,
    ['{"status":{"abort":false}}', undefined, '{"status":{"abort":false}}'],
  ],
  ['pause', 'pause', {}, false, [undefined, '{"spec":{"paused":true}}', '{"spec":{"paused":true}}']],
  [
    'resume',
    'resume',
    { 'spec/paused': true },
    false,
    [undefined, '{"spec":{"paused":false}}', '{"spec":{"paused":false}}'],
  ],
  [
    'promote from a pause',
    'promote',
    STEP,
    false,
    ['{"status":{"pauseConditions":null}}', undefined, '{"spec":{"paused":false},"status":{"pauseConditions":null}}'],
  ],
  [
    'promote past a step that runs',
    'promote',
    {},
    false,
    [
      '{"status":{"pauseConditions":null, "currentStepIndex":2}}',
      undefined,
      '{"spec":{"paused":false},"status":{"pauseConditions":null, "currentStepIndex":2}}',
    ],
  ],
  [
    'promote after the last step',
    'promote',
    { 'status/currentStepIndex': 3 },
    false,
    [
      '{"status":{"pauseConditions":null, "currentStepIndex":3}}',
      undefined,
      '{"spec":{"paused":false},"status":{"pauseConditions":null, "currentStepIndex":3}}',
    ],
  ],
  [
    'promote after an inconclusive analysis',
    'promote',
    INCONCLUSIVE,
    false,
    [
      '{"status":{"pauseConditions":null, "controllerPause":false, "currentStepIndex":2}}',
      undefined,
      '{"spec":{"paused":false},"status":{"pauseConditions":null}}',
    ],
  ],
  [
    'promote what somebody paused',
    'promote',
    { ...STEP, 'spec/paused': true },
    false,
    [
      '{"status":{"pauseConditions":null}}',
      '{"spec":{"paused":false}}',
      '{"spec":{"paused":false},"status":{"pauseConditions":null}}',
    ],
  ],
  [
    'promote in full',
    'promote',
    {},
    true,
    ['{"status":{"promoteFull":true}}', undefined, '{"spec":{"paused":false},"status":{"promoteFull":true}}'],
  ],
];

test.each(PATCHES)('%s sends what the plugin sends', (_, action, edits, full, [status, spec, unified]) => {
  const planned = planAction(action, clusterOf({ rollouts: [rolloutObject(edits)] }), { full });
  expect(planned).toMatchObject({ kind: 'fits', patches: { status, spec, unified } });
});

const AT_REST = { 'status/currentPodHash': 'old' };

const REFUSED: readonly (readonly [string, Action, Edits])[] = [
  ['abort where nothing moves', 'abort', AT_REST],
  ['abort what is aborted', 'abort', { 'status/abort': true }],
  ['retry what is not aborted', 'retry', {}],
  ['promote where nothing moves', 'promote', AT_REST],
  ['promote what is aborted', 'promote', { 'status/abort': true }],
  ['pause what is paused', 'pause', { 'spec/paused': true }],
  ['resume what a step paused', 'resume', STEP],
];

test.each(REFUSED)('%s is refused, and told what to do', (_, action, edits) => {
  const planned = planAction(action, clusterOf({ rollouts: [rolloutObject(edits)] }), { full: false });
  expect(planned).toMatchObject({ kind: 'refused', hint: expect.stringMatching(/\w/) });
});

test('every action is among both', () => {
  expect([...new Set(PATCHES.map(([, action]) => action))].sort()).toEqual([...ACTIONS].sort());
  expect([...new Set(REFUSED.map(([, action]) => action))].sort()).toEqual([...ACTIONS].sort());
});

const nextOf = (action: Action, edits: Edits, full = false): readonly string[] => {
  const planned = planAction(action, clusterOf({ rollouts: [rolloutObject(edits)] }), { full });
  return planned.kind === 'fits' ? planned.next : [];
};

test('what will happen is said with the names of this release', () => {
  expect(nextOf('abort', { 'status/canary': { weights: { canary: { weight: 10 } } } })).toEqual([
    'all requests go to registry.example.com/web:1.0.0 at once; the new version has 10 % now; its pods go after 30 s',
    'Git still asks for the new version: the Rollout is Degraded until the commit is taken back (rollback)',
  ]);
  expect(nextOf('promote', STEP)).toEqual(['step 2, pause 60 s, ends; step 3 comes: weight 50 %']);
  expect(nextOf('promote', {}, true)[0]).toMatch(
    /^registry.example.com\/web:2.0.0 gets all requests: .* nothing guards that$/,
  );
  expect(nextOf('retry', { 'status/abort': true })).toEqual([
    'registry.example.com/web:2.0.0 is released again, from step 1, weight 10 %: the same version as before',
  ]);
});
