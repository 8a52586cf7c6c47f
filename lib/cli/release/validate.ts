import { stateToJson, toJson } from '../../release/json';
import type { ReleaseState } from '../../release/state';
import { formatState } from '../../release/text';
import { type Outcome, outcomeOf } from '../../release/validate';
import type { Session } from './session';
import { LiveView, stateNow } from './status';
import type { ReleaseStreams } from './streams';

/** Waits until the release is over; the exit code says how it ended. Progress goes to the standard error. */
export async function runValidate(session: Session, streams: ReleaseStreams): Promise<number> {
  const began = Date.now();
  await session.reader.load();
  const stop = new AbortController();
  const progress = new LiveView(
    { ...session, options: { ...session.options, format: 'text' } },
    { ...streams, out: streams.err },
  );
  let moved = false;
  let last: ReleaseState = stateNow(session);
  let outcome: Outcome = { done: false };
  const look = () => {
    if (outcome.done) return;
    last = stateNow(session);
    moved ||= !['promoted', 'unknown'].includes(last.verdict);
    outcome = outcomeOf(last, {
      moved,
      seconds: (Date.now() - began) / 1000,
      settleSeconds: session.options.settleSeconds,
      timeoutSeconds: session.options.timeoutSeconds,
    });
    if (outcome.done) stop.abort();
    else progress.show(last);
  };
  look();
  const tick = setInterval(look, 250);
  streams.onInterrupt(() => stop.abort());
  try {
    await session.reader.follow(stop.signal, look);
  } finally {
    clearInterval(tick);
  }
  return conclude(session, last, outcome, streams);
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
