import { historyOf } from '../../lib/release/history';
import type { GitVersion } from '../../lib/release/rollback/git-version';
import { targetOf } from '../../lib/release/rollback/target';
import { clusterAt } from './moments';
import { ago, clusterOf, eventObject, replicaSetObject, rolloutObject } from './objects';

// Three versions by Git and in the cluster: the newest is promoted, and somebody wants the one before it back.

const version = (revision: number): GitVersion => ({
  commit: String(revision).repeat(40),
  date: ago(1000 - revision * 400),
  subject: `Release ${revision}.0.0`,
  entry: [],
  template: { spec: { containers: [{ name: 'web', image: `registry.example.com/web:${revision}.0.0` }] } },
});
const VERSIONS = [version(3), version(2), version(1)];

const HISTORY = 'metadata/annotations';
const revisions = (revision: number, ...earlier: readonly number[]) => ({
  [HISTORY]: {
    'rollout.argoproj.io/revision': String(revision),
    ...(earlier.length === 0 ? {} : { 'rollout.argoproj.io/revision-history': earlier.join(',') }),
  },
});

const sets = [replicaSetObject('first', 1, 0), replicaSetObject('second', 2, 0), replicaSetObject('third', 3, 3)];
const goneBack = [
  replicaSetObject('first', 1, 0, revisions(3, 1)),
  replicaSetObject('second', 2, 0),
  replicaSetObject('third', 3, 3, revisions(4)),
];

const run = (hash: string, phase: string, message?: string): unknown => ({
  kind: 'AnalysisRun',
  metadata: {
    name: `web-${hash}-1`,
    labels: { 'rollouts-pod-template-hash': hash },
    ownerReferences: [{ kind: 'Rollout', name: 'web', controller: true }],
  },
  status: { phase, message },
});
const aborted = (revision: number, name = 'web', why = ''): unknown =>
  eventObject('Rollout', name, 'RolloutAborted', `Rollout aborted update to revision ${revision}${why}`);

type Objects = Parameters<typeof clusterOf>[0];
const NO_EVENT = /and no event tells that it was stopped \(events are kept for about an hour\)/;

const CASES: readonly (readonly [what: string, objects: Objects, commit: string, because: RegExp])[] = [
  ['nothing is known of any', {}, '2', new RegExp(`^revision 2 .* no analysis of it is kept, ${NO_EVENT.source}$`)],
  ['its analyses passed', { analysisRuns: [run('second', 'Successful')] }, '2', /^revision 2 .* its analyses passed, /],
  [
    'a gate of it failed',
    { analysisRuns: [run('second', 'Failed', 'too many errors')] },
    '1',
    /^revision 1 .*; revision 2 was passed over: too many errors$/,
  ],
  [
    'a gate of it had no verdict',
    { analysisRuns: [run('second', 'Inconclusive')] },
    '1',
    /revision 2 was passed over: AnalysisRun web-second-1 was inconclusive$/,
  ],
  [
    'somebody aborted it by hand, though what had run of its analyses passed',
    { analysisRuns: [run('second', 'Successful')], events: [aborted(2)] },
    '1',
    /revision 2 was passed over: Rollout aborted update to revision 2$/,
  ],
  [
    'it passed its deadline',
    { events: [aborted(2, 'web', ': ReplicaSet "web-second" has timed out')] },
    '1',
    /has timed out/,
  ],
  ['another Rollout was aborted', { events: [aborted(2, 'web-blue')] }, '2', NO_EVENT],
  ['another revision was aborted', { events: [aborted(20)] }, '2', NO_EVENT],
  ['somebody went back over it', { replicaSets: goneBack }, '1', /^revision 3 of the cluster has its pods/],
];

test.each(CASES)('%s', (_, objects, commit, because) => {
  const rollouts = [rolloutObject({ 'status/stableRS': 'third', 'status/currentPodHash': 'third' })];
  const target = targetOf(VERSIONS, clusterOf({ rollouts, replicaSets: sets, ...objects }));
  expect([target?.version.commit.charAt(0), target?.because]).toEqual([commit, expect.stringMatching(because)]);
});

test('without the cluster nothing is said to be healthy', () => {
  expect(targetOf(VERSIONS, undefined)).toMatchObject({
    version: { subject: 'Release 2.0.0' },
    because: 'it is the version before by Git; nothing tells whether it was healthy',
  });
});

test('the history tells it too', () => {
  const rollouts = [rolloutObject({ 'status/stableRS': 'third', 'status/currentPodHash': 'third' })];
  const told = (objects: Objects) =>
    historyOf(clusterOf({ rollouts, replicaSets: sets, ...objects }), []).map(({ revision, verdict, why }) => [
      revision,
      verdict,
      why,
    ]);
  expect(told({ events: [aborted(2)] })[1]).toEqual([2, 'aborted', 'Rollout aborted update to revision 2']);
  expect(told({ replicaSets: goneBack })).toEqual([
    [4, 'stable', ''],
    [3, 'unknown', 'no analysis of it is kept'],
    [2, 'aborted', 'revision 3 went back to an older version'],
  ]);
});

test('of a real cluster: revision 5 was aborted by hand, and no analysis of it failed', () => {
  const past = historyOf(clusterAt('image-pull-error', 99_999), []).find(({ revision }) => revision === 5);
  expect(past).toMatchObject({ verdict: 'aborted' });
});
