import { ClusterFault, mayPass } from './fault';

/** How often a request is made before it is given up. */
export const ATTEMPTS = 6;
const FIRST_WAIT_MS = 250;
const LONGEST_BACKOFF_MS = 8_000;

/**
 * Milliseconds to wait before the next attempt: doubled each time, with up to a half taken off at random so that many clients
 * do not come back at once; never less than what the server asked for.
 */
export function waitMs(attempt: number, fault: unknown, random = Math.random()): number {
  const own = Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_BACKOFF_MS) * (1 - random / 2);
  const asked = fault instanceof ClusterFault ? (fault.retryAfterMs ?? 0) : 0;
  return Math.max(own, asked);
}

/** Resolves after a time, or at once when the signal is aborted. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (signal?.aborted) done();
    else signal?.addEventListener('abort', done, { once: true });
  });
}

/** Makes a request again where the fault may pass, for a bounded number of times. */
export async function withRetries<T>(request: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await request();
    } catch (fault) {
      if (!mayPass(fault) || attempt + 1 >= ATTEMPTS || signal?.aborted) throw fault;
      await pause(waitMs(attempt, fault), signal);
    }
  }
}
