/** Why an API server gave no answer that can be used. */
export type FaultKind =
  | 'config'
  | 'unauthorized'
  | 'forbidden'
  | 'notFound'
  | 'gone'
  | 'refused'
  | 'throttled'
  | 'server'
  | 'unreachable'
  | 'timeout';

/** What an API server answered, or that it did not, in words for the terminal; never with a header or a token in it. */
export class ClusterFault extends Error {
  readonly kind: FaultKind;
  /** How long the server asked to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(kind: FaultKind, message: string, retryAfterMs?: number) {
    super(message);
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Faults that pass by themselves. */
const PASSING: readonly FaultKind[] = ['throttled', 'server', 'unreachable', 'timeout'];

export const mayPass = (fault: unknown): boolean => fault instanceof ClusterFault && PASSING.includes(fault.kind);

/** The fault that an HTTP status stands for. */
export function faultOf(status: number, what: string, said: string, retryAfter: string | undefined): ClusterFault {
  const words = `${what}: ${status}${said === '' ? '' : ` ${said}`}`;
  const wait = retryAfterMs(retryAfter);
  if (status === 401) return new ClusterFault('unauthorized', words);
  if (status === 403) return new ClusterFault('forbidden', words);
  if (status === 404) return new ClusterFault('notFound', words);
  if (status === 410) return new ClusterFault('gone', words);
  if (status === 429) return new ClusterFault('throttled', words, wait);
  return status >= 500 ? new ClusterFault('server', words, wait) : new ClusterFault('refused', words);
}

const LONGEST_WAIT_MS = 30_000;

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3); more than half a minute is cut. */
export function retryAfterMs(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_WAIT_MS);
}
