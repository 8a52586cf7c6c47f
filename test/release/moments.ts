import { join } from 'node:path';
import { assemble, type RawObjects } from '../../lib/release/assemble';
import type { ClusterState } from '../../lib/release/cluster-state';
import { type ReleaseState, releaseState } from '../../lib/release/state';
import { RECORDINGS } from './command';
import { type Recorded, readRecording } from './replay';

/** What had happened up to a version, as lists would give it. */
export function objectsAt(changes: readonly Recorded[], version: number): RawObjects {
  const of = (plural: string): readonly unknown[] => {
    const objects = new Map<string, Recorded['object']>();
    for (const change of changes) {
      if (change.plural !== plural || change.version > version) continue;
      if (change.type === 'DELETED') objects.delete(change.object.metadata.uid);
      else objects.set(change.object.metadata.uid, change.object);
    }
    return [...objects.values()];
  };
  return {
    rollouts: of('rollouts'),
    replicaSets: of('replicasets'),
    pods: of('pods'),
    analysisRuns: of('analysisruns'),
    events: of('events'),
    virtualServices: of('virtualservices'),
    ingresses: of('ingresses'),
    httpRoutes: of('httproutes'),
    destinationRules: of('destinationrules'),
    applications: [],
    jobs: [],
  };
}

const SUBJECT = { rollout: 'shop', application: undefined, migrations: undefined };

/** The cluster as it was at a version, or later by some seconds in which nothing happened. */
export function clusterAt(scenario: string, version: number, secondsLater = 0): ClusterState {
  const changes = readRecording(join(RECORDINGS, scenario));
  const clocks = { server: Date.parse('2027-01-01T00:00:00Z'), sinceChange: secondsLater * 1000 };
  const state = assemble(objectsAt(changes, version), SUBJECT, [], clocks);
  if (state === undefined) throw new Error(`no Rollout at ${version}`);
  return state;
}

export const stateAt = (scenario: string, version: number, secondsLater = 0): ReleaseState =>
  releaseState(clusterAt(scenario, version, secondsLater), { service: 'web' });
