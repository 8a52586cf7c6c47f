import { stateToJson, toJson } from '../../release/json';
import { type ReleaseState, releaseState } from '../../release/state';
import { formatLine, formatState } from '../../release/text';
import { checkIdentity, type Session } from './session';
import type { ReleaseStreams } from './streams';
import { RELEASE_EXIT } from './streams';

/** Prints what the release is doing; with `--watch` until somebody ends it. */
export async function runStatus(session: Session, streams: ReleaseStreams): Promise<number> {
  await session.reader.load();
  const first = stateNow(session);
  if (!session.options.watch) {
    streams.out(shown(session, first));
    return RELEASE_EXIT.ok;
  }
  const view = new LiveView(session, streams);
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

/** Redraws in place on a terminal; in a pipe it prints a line where something has changed. */
export class LiveView {
  private readonly session: Session;
  private readonly streams: ReleaseStreams;
  private last = '';
  private height = 0;

  constructor(session: Session, streams: ReleaseStreams) {
    this.session = session;
    this.streams = streams;
  }

  show(state: ReleaseState): void {
    const { options } = this.session;
    if (this.streams.isTerminal && options.format === 'text') {
      this.redraw(formatState(this.session.subject, state));
      return;
    }
    const line = options.format === 'json' ? shown(this.session, state) : `${formatLine(state)}\n`;
    // Time passes in every state; by itself it is no news.
    const news =
      options.format === 'json' ? shown(this.session, { ...state, timeLeft: undefined }) : line.replace(/\d+ s\b/g, '');
    if (news === this.last) return;
    this.last = news;
    const time = options.format === 'json' ? '' : `${new Date().toISOString().slice(11, 19)} `;
    this.streams.out(`${time}${line}`);
  }

  private redraw(text: string): void {
    if (text === this.last) return;
    this.last = text;
    const up = this.height === 0 ? '' : `\u001b[${this.height}A`;
    const width = this.streams.columns();
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(0, width));
    this.streams.out(`${up}${lines.map((line) => `\u001b[2K${line}\n`).join('')}\u001b[J`);
    this.height = lines.length;
  }
}
