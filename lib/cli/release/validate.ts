import { stateToJson, toJson } from '../../release/json';
import type { ReleaseState } from '../../release/state';
import { formatState } from '../../release/text';
import { type Outcome, outcomeOf } from '../../release/validate';
import { LiveView } from './live-view';
import { doubtOf, type Session } from './session';
import { stateNow } from './status';
import type { ReleaseStreams } from './streams';

/** Waits until the release is over; the exit code says how it ended. Progress goes to the standard error. */
export async function runValidate(session: Session, streams: ReleaseStreams): Promise<number> {
  const { timeoutSeconds, settleSeconds } = session.options;
  const began = Date.now();
  const stop = new AbortController();
  // A server that does not answer must not be waited for any longer than a release.
  const late = setTimeout(() => stop.abort(), timeoutSeconds * 1000 + 1000);
  const screen = { out: streams.err, isTerminal: false, columns: streams.columns };
  const progress = new LiveView(screen, { format: 'text', whole: (state) => formatState(session.subject, state) });
  let moved = false;
  let last: ReleaseState | undefined;
  let outcome: Outcome = { done: false };
  const look = () => {
    if (outcome.done) return;
    last = stateNow(session);
    moved ||= !['promoted', 'unknown'].includes(last.verdict);
    outcome = outcomeOf(last, { moved, seconds: (Date.now() - began) / 1000, settleSeconds, timeoutSeconds });
    if (outcome.done) stop.abort();
    else progress.show(last);
  };
  streams.onInterrupt(() => stop.abort());
  await session.reader.load(stop.signal);
  look();
  streams.err(doubtOf(session));
  const tick = setInterval(look, 250);
  try {
    await session.reader.follow(stop.signal, look);
  } finally {
    clearInterval(tick);
    clearTimeout(late);
  }
  return conclude(session, last ?? stateNow(session), outcome, streams);
}

function conclude(session: Session, state: ReleaseState, outcome: Outcome, streams: ReleaseStreams): number {
  const exitCode = outcome.done ? outcome.exit : 3;
  const because = outcome.done ? outcome.because : 'it was interrupted';
  if (session.options.format === 'json')
    streams.out(
      `${toJson({ ...stateToJson(session.subject, session.connection.target, state), exitCode, because }, 2)}\n`,
    );
  else streams.out(`${formatState(session.subject, state)}validate: ${because}; exit ${exitCode}\n`);
  return exitCode;
}
