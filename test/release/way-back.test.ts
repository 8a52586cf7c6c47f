import fc from 'fast-check';
import type { ReplicaSetFacts } from '../../lib/release/read/replica-set';
import type { GitVersion } from '../../lib/release/rollback/git-version';
import { isPart, mergeBack, same } from '../../lib/release/rollback/merge';
import { planRollback } from '../../lib/release/rollback/plan';
import { wayBackOf } from '../../lib/release/rollback/way-back';
import type { Edits } from '../catalog/minimal';
import { ago, clusterOf, replicaSetObject, rolloutObject } from './objects';

const PROMOTED = { 'status/stableRS': 'new', 'status/phase': 'Healthy' };
const created = (seconds: number) => ({ 'metadata/creationTimestamp': ago(seconds) });

/** A cluster in which `old` ran before `new`, with others between them. */
function cluster(rollout: Edits, between: number, oldAgo = 1000) {
  const others = Array.from({ length: between }, (_, i) => replicaSetObject(`between${i}`, 3 + i, 0, created(500 + i)));
  const sets = [replicaSetObject('old', 1, 0, created(oldAgo)), ...others, replicaSetObject('new', 9, 1, created(100))];
  const state = clusterOf({ rollouts: [rolloutObject(rollout)], replicaSets: sets });
  const old: ReplicaSetFacts | undefined = state.replicaSets.find(({ hash }) => hash === 'old');
  return { state, old };
}

const WINDOW = { ...PROMOTED, 'spec/rollbackWindow': { revisions: 2 } };

const WAYS: readonly (readonly [string, Edits, number, number, boolean, boolean, string])[] = [
  ['the stable version, while another is on its way', {}, 0, 1000, true, true, 'stable'],
  ['within the window', WINDOW, 1, 1000, true, true, 'fast'],
  ['as many between as the window has', WINDOW, 2, 1000, true, true, 'full'],
  ['without a window', PROMOTED, 0, 1000, true, true, 'full'],
  ['a ReplicaSet that is newer than the stable one', WINDOW, 0, 50, true, true, 'full'],
  ['another pod template', WINDOW, 0, 1000, false, true, 'full'],
  ['no ReplicaSet any more', WINDOW, 0, 1000, true, false, 'full'],
];

test.each(WAYS)('%s', (_, rollout, between, oldAgo, identical, there, kind) => {
  const { state, old } = cluster(rollout, between, oldAgo);
  expect(wayBackOf(state, there ? old : undefined, identical).kind).toBe(kind);
});

test('without a cluster nothing is promised', () => expect(wayBackOf(undefined, undefined, true).kind).toBe('unknown'));

const json = fc.jsonValue({ maxDepth: 3 });

test('what was not edited since goes back to what it was, whatever that is', () => {
  fc.assert(
    fc.property(json, json, (old, released) => {
      const { edits, kept, conflicts } = mergeBack(released, released, old);
      expect([kept, conflicts]).toEqual([[], []]);
      expect(edits.length > 0).toBe(!same(released, old));
      for (const { before, after } of edits) expect(same(before, after)).toBe(false);
    }),
  );
});

test('what the release did not touch stays as it is, whatever was edited', () => {
  fc.assert(
    fc.property(json, json, (old, now) => {
      const { edits, conflicts } = mergeBack(old, now, old);
      expect([edits, conflicts]).toEqual([[], []]);
    }),
  );
});

test('a value is part of itself, and of itself with more fields', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), json), fc.string(), json, (value, key, more) => {
      expect(isPart(value, value)).toBe(true);
      expect(isPart(value, { [`${key}-`.repeat(20)]: more, ...value })).toBe(true);
    }),
  );
});

const commit = (name: string, entry: readonly unknown[]): GitVersion => ({
  commit: name.repeat(40),
  date: '2026-11-23T12:00:00Z',
  subject: name,
  entry,
  template: { name },
});

test('what is said of migrations stays, whatever else goes back', () => {
  const contracts = { '2': { release: '2.0.0' } };
  const old = commit('a', ['1.9.0', undefined, { replicas: 2, migrations: { lockTimeoutSeconds: 2 } }]);
  const head = commit('b', [
    '2.0.0',
    { migrations: { lockTimeoutSeconds: 5 } },
    { replicas: 3, migrations: { lockTimeoutSeconds: 2, contracts } },
  ]);
  const target = { version: old, because: '', replicaSet: undefined };
  const { edits, kept } = planRollback([head, old], target, { environment: 'production', service: 'web' });
  expect(kept).toEqual([]);
  expect(edits.map(({ path, after }) => [path.join('.'), after])).toEqual([
    ['environments.production.versions.web', '1.9.0'],
    ['services.web.replicas', 2],
  ]);
});
