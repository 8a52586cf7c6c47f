import { assemble, type RawObjects } from '../../lib/release/assemble';
import type { ClusterState } from '../../lib/release/cluster-state';
import type { Expected } from '../../lib/release/expected';
import { type ReleaseState, releaseState } from '../../lib/release/state';
import { type Edits, edited } from '../catalog/minimal';
import type { Recorded } from './replay';

/** The moment at which the tests look. */
export const NOW = Date.parse('2026-11-23T12:00:00Z');

/** A time so many seconds before the tests look. */
export const ago = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString();

/** A Rollout in the middle of a release: version `new` at step 2 of 3, 10 %. */
const ROLLOUT = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop', generation: 2, annotations: { 'rollout.argoproj.io/revision': '2' } },
  spec: {
    replicas: 3,
    progressDeadlineSeconds: 300,
    selector: { matchLabels: { app: 'web' } },
    template: { spec: { containers: [{ name: 'web', image: 'registry.example.com/web:2.0.0' }] } },
    strategy: {
      canary: {
        steps: [{ setWeight: 10 }, { pause: { duration: '60s' } }, { setWeight: 50 }],
        trafficRouting: {
          istio: { virtualService: { name: 'web', routes: ['primary'] }, destinationRule: { name: 'web' } },
        },
      },
    },
  },
  status: {
    observedGeneration: '2',
    phase: 'Progressing',
    currentPodHash: 'new',
    stableRS: 'old',
    currentStepIndex: 1,
    conditions: [{ type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated', lastUpdateTime: ago(20) }],
  },
};

export const rolloutObject = (edits: Edits = {}): unknown => edited(ROLLOUT, edits);

export const replicaSetObject = (hash: string, revision: number, available: number, edits: Edits = {}): unknown =>
  edited(
    {
      kind: 'ReplicaSet',
      metadata: {
        name: `web-${hash}`,
        labels: { 'rollouts-pod-template-hash': hash },
        annotations: { 'rollout.argoproj.io/revision': String(revision) },
        ownerReferences: [{ kind: 'Rollout', name: 'web', controller: true }],
        creationTimestamp: ago(1000 - revision * 400),
      },
      spec: {
        replicas: hash === 'old' ? 3 : 1,
        template: { spec: { containers: [{ name: 'web', image: `registry.example.com/web:${revision}.0.0` }] } },
      },
      status: { replicas: available, readyReplicas: available, availableReplicas: available },
    },
    edits,
  );

export const podObject = (name: string, edits: Edits = {}): unknown =>
  edited(
    {
      kind: 'Pod',
      metadata: {
        name,
        labels: { 'rollouts-pod-template-hash': 'new' },
        ownerReferences: [{ kind: 'ReplicaSet', name: 'web-new', controller: true }],
        creationTimestamp: ago(30),
      },
      status: {
        conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: ago(30) }],
        containerStatuses: [{ name: 'web', restartCount: 0, state: {}, lastState: {} }],
      },
    },
    edits,
  );

export const eventObject = (kind: string, name: string, reason: string, message: string, count = 1): unknown => ({
  kind: 'Event',
  type: 'Warning',
  involvedObject: { kind, name },
  reason,
  message,
  count,
  lastTimestamp: ago(5),
});

const NONE: RawObjects = {
  rollouts: [],
  replicaSets: [],
  pods: [],
  analysisRuns: [],
  events: [],
  virtualServices: [],
  ingresses: [],
  httpRoutes: [],
  destinationRules: [],
  applications: [],
  jobs: [],
};

/** A cluster of these objects; without others the Rollout of the tests, with both of its ReplicaSets available. */
export function clusterOf(objects: Partial<RawObjects> = {}): ClusterState {
  const all = {
    ...NONE,
    rollouts: [rolloutObject()],
    replicaSets: [replicaSetObject('old', 1, 3), replicaSetObject('new', 2, 1)],
    ...objects,
  };
  const subject = { rollout: 'web', application: 'shop-production-web', migrations: 'web-migrate' };
  const state = assemble(all, subject, [], { server: NOW, sinceChange: 0 });
  if (state === undefined) throw new Error('no Rollout');
  return state;
}

export const stateOf = (objects: Partial<RawObjects> = {}, expected: Partial<Expected> = {}): ReleaseState =>
  releaseState(clusterOf(objects), { service: 'web', ...expected });

/** Objects as a recording has them, one after the other. */
export const recorded = (objects: readonly (readonly [plural: string, object: unknown])[]): readonly Recorded[] =>
  objects.map(([plural, object], i) => ({
    plural,
    type: 'ADDED',
    object: edited(object, {
      'metadata/uid': String(i),
      'metadata/resourceVersion': String(i + 1),
    }) as Recorded['object'],
    version: i + 1,
    at: NOW,
  }));
