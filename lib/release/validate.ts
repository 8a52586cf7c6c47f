import type { ReleaseState, Verdict } from './state';

/** Exit codes of `validate`. */
export const VALIDATE_EXIT = { promoted: 0, failed: 1, stuck: 2, unknown: 3 } as const;

/** What `validate` has seen so far. */
export interface Watched {
  /** Whether a release was under way at some moment since it began. */
  readonly moved: boolean;
  /** Seconds since it began. */
  readonly seconds: number;
  readonly settleSeconds: number;
  readonly timeoutSeconds: number;
}

export type Outcome =
  | { readonly done: false }
  | { readonly done: true; readonly exit: number; readonly because: string };

const ENDED: Readonly<Record<Verdict, number | undefined>> = {
  promoted: VALIDATE_EXIT.promoted,
  aborted: VALIDATE_EXIT.failed,
  degraded: VALIDATE_EXIT.failed,
  stuck: VALIDATE_EXIT.stuck,
  progressing: undefined,
  unknown: undefined,
};

/**
 * Whether a release is over. One that was promoted before anything was seen to move may be the one before: it has to stay so
 * for a while, and longer where Argo CD or the catalog say that something is still to come.
 */
export function outcomeOf(state: ReleaseState, watched: Watched): Outcome {
  const exit = ENDED[state.verdict];
  const late = watched.seconds >= watched.timeoutSeconds;
  if (exit !== undefined && (exit !== VALIDATE_EXIT.promoted || !mayBeEarlier(state, watched)))
    return { done: true, exit, because: state.verdict };
  if (!late) return { done: false };
  const because = `still ${state.verdict} after ${watched.timeoutSeconds} s`;
  return { done: true, exit: state.verdict === 'unknown' ? VALIDATE_EXIT.unknown : VALIDATE_EXIT.stuck, because };
}

const TO_COME = ['outOfSync', 'syncingOlderCommit', 'otherVersion', 'migrationRunning', 'notObserved'];

const mayBeEarlier = ({ reasons }: ReleaseState, { moved, seconds, settleSeconds }: Watched): boolean =>
  reasons.some(({ kind }) => TO_COME.includes(kind)) || (!moved && seconds < settleSeconds);
