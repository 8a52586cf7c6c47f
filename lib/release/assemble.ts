import { type Clocks, clusterTime } from './clock';
import type { ClusterState, Unread } from './cluster-state';
import { readAnalysisRun } from './read/analysis-run';
import { readApplication } from './read/application';
import { readEvent } from './read/event';
import { readJob } from './read/job';
import { nameIn } from './read/owner';
import { readPod } from './read/pod';
import { readReplicaSet } from './read/replica-set';
import { type RolloutFacts, readRollout } from './read/rollout';
import { type RouteKind, readDestinationRule, readRoute } from './read/routing';

/** Objects as the API server sent them, by kind. */
export interface RawObjects {
  readonly rollouts: readonly unknown[];
  readonly replicaSets: readonly unknown[];
  readonly pods: readonly unknown[];
  readonly analysisRuns: readonly unknown[];
  readonly events: readonly unknown[];
  readonly virtualServices: readonly unknown[];
  readonly ingresses: readonly unknown[];
  readonly httpRoutes: readonly unknown[];
  readonly destinationRules: readonly unknown[];
  readonly applications: readonly unknown[];
  readonly jobs: readonly unknown[];
}

/** Which release the objects are of. */
export interface Subject {
  readonly rollout: string;
  readonly application: string | undefined;
  /** `app.kubernetes.io/name` of the migration Jobs. */
  readonly migrations: string | undefined;
}

/** Puts together what belongs to one Rollout; undefined where it is not among the objects. */
export function assemble(
  objects: RawObjects,
  subject: Subject,
  unread: readonly Unread[],
  clocks: Clocks,
): ClusterState | undefined {
  const found = objects.rollouts.find((object) => nameIn(object) === subject.rollout);
  if (found === undefined) return undefined;
  const rollout = readRollout(found);
  const replicaSets = objects.replicaSets.map(readReplicaSet).filter(({ owner }) => owner === rollout.name);
  const setNames = new Set(replicaSets.map(({ name }) => name));
  const pods = objects.pods
    .map(readPod)
    .filter(({ replicaSet }) => replicaSet !== undefined && setNames.has(replicaSet));
  const state = {
    rollout,
    replicaSets,
    pods,
    analysisRuns: objects.analysisRuns.map(readAnalysisRun).filter(({ owner }) => owner === rollout.name),
    events: eventsOf(objects.events, rollout, [...setNames, ...pods.map(({ name }) => name)]),
    ...routingOf(objects, rollout),
    application: objects.applications.map(readApplication).find(({ name }) => name === subject.application),
    migrations: objects.jobs.map(readJob).filter(({ labels }) => labels[NAME_LABEL] === subject.migrations),
    unread,
  };
  return { ...state, now: clusterTime(state, clocks) };
}

const NAME_LABEL = 'app.kubernetes.io/name';

function eventsOf(
  objects: readonly unknown[],
  rollout: RolloutFacts,
  names: readonly string[],
): ClusterState['events'] {
  const own = new Set(names);
  return objects
    .map(readEvent)
    .filter(({ kind, name }) => (kind === 'Rollout' ? name === rollout.name : own.has(name)))
    .sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
}

/** Where the objects of each kind are among what was read. */
export const ROUTE_OBJECTS = {
  VirtualService: 'virtualServices',
  Ingress: 'ingresses',
  HTTPRoute: 'httpRoutes',
} as const satisfies Readonly<Record<RouteKind, keyof RawObjects>>;

function routingOf(objects: RawObjects, rollout: RolloutFacts): Pick<ClusterState, 'route' | 'destinationRule'> {
  const { route } = rollout;
  const routes = route && objects[ROUTE_OBJECTS[route.kind]].map((object) => readRoute(route.kind, object));
  return {
    route: routes?.find(({ name }) => name === route?.name),
    destinationRule: objects.destinationRules
      .map(readDestinationRule)
      .find(({ name }) => name === rollout.destinationRule?.name),
  };
}
