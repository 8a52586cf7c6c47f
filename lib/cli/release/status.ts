import { stateToJson, toJson } from '../../release/json';
import { type ReleaseState, releaseState } from '../../release/state';
import { formatState } from '../../release/text';
import { LiveView } from './live-view';
import { checkIdentity, doubtOf, type Session } from './session';
import type { ReleaseStreams } from './streams';
import { RELEASE_EXIT } from './streams';

/** Prints what the release is doing; with `--watch` until somebody ends it. */
export async function runStatus(session: Session, streams: ReleaseStreams): Promise<number> {
  await session.reader.load();
  const first = stateNow(session);
  streams.err(doubtOf(session));
  if (!session.options.watch) {
    streams.out(shown(session, first));
    return RELEASE_EXIT.ok;
  }
  const view = new LiveView(streams, { format: session.options.format, whole: (state) => shown(session, state) });
  view.show(first);
  const stop = new AbortController();
  const tick = setInterval(() => view.show(stateNow(session)), 1000);
  streams.onInterrupt(() => stop.abort());
  try {
    await session.reader.follow(stop.signal, () => view.show(stateNow(session)));
  } finally {
    clearInterval(tick);
  }
  return RELEASE_EXIT.ok;
}

/** The state as it is known now; throws where the Rollout is gone or belongs to another environment. */
export function stateNow(session: Session): ReleaseState {
  const state = session.reader.state();
  checkIdentity(session, state?.rollout.trackingId, false);
  return state === undefined ? GONE : releaseState(state, session.expected, session.planned);
}

/** A Rollout that was deleted while it was watched. */
const GONE: ReleaseState = {
  verdict: 'unknown',
  phase: 'Unknown',
  message: 'the Rollout has been deleted',
  revision: undefined,
  versions: { stable: undefined, canary: undefined, others: 0 },
  step: undefined,
  weight: undefined,
  gates: [],
  timeLeft: undefined,
  reasons: [],
  application: undefined,
  migrations: [],
  unread: [],
};

export function shown({ subject, connection, options }: Session, state: ReleaseState): string {
  return options.format === 'json'
    ? `${toJson(stateToJson(subject, connection.target, state), options.watch ? undefined : 2)}\n`
    : formatState(subject, state);
}
