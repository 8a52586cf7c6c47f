import type { ClusterState } from './cluster-state';

/** What the time of a cluster is told from; all in milliseconds. */
export interface Clocks {
  /** The server's own time, by the `Date` of its answers. */
  readonly server: number;
  /** Since the newest change of an object came. */
  readonly sinceChange: number;
}

/** API servers forget events after an hour where nobody says otherwise (kube-apiserver, --event-ttl). */
const EVENTS_ARE_KEPT_MS = 24 * 3_600_000;

/**
 * The time at which the cluster is. It is the server's, unless it shows events that no server would still have: then somebody
 * replays what was recorded, and the time is that of the newest thing that happened, with what has passed here since.
 */
export function clusterTime(state: Omit<ClusterState, 'now'>, { server, sinceChange }: Clocks): number {
  const newest = Math.max(0, ...stampsOf(state));
  const newestEvent = Math.max(0, ...state.events.map(({ at }) => at ?? 0));
  const replayed = newestEvent > 0 && server - newestEvent > EVENTS_ARE_KEPT_MS;
  return replayed ? newest + sinceChange : Math.max(server, newest);
}

function* stampsOf(state: Omit<ClusterState, 'now'>): Generator<number> {
  for (const { at } of state.events) yield at ?? 0;
  for (const { updatedAt } of state.rollout.conditions) yield updatedAt ?? 0;
  for (const { since } of state.rollout.pauses) yield since ?? 0;
  for (const { createdAt } of state.replicaSets) yield createdAt ?? 0;
  for (const { createdAt, readySince } of state.pods) yield Math.max(createdAt ?? 0, readySince ?? 0);
  for (const { metrics, startedAt } of state.analysisRuns) {
    yield startedAt ?? 0;
    for (const { measurements } of metrics) for (const { at } of measurements) yield at ?? 0;
  }
}
