import { cString, errorOf, type Message } from './messages';

/** One statement that a client sent, with the time that the server took for it. */
export interface SentStatement {
  readonly text: string;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly error: { readonly sqlState: string; readonly message: string } | undefined;
}

interface Open {
  readonly text: string;
  readonly simple: boolean;
  startedMs: number | undefined;
  error: SentStatement['error'];
}

/**
 * Follows the protocol of one session, simple and extended, and tells which statement begins and ends when. Statements are
 * pipelined: one begins when it was sent and the one before it has ended. After an error the server passes over everything
 * up to the next Sync (protocol-flow.html).
 */
export class StatementTracker {
  readonly #now: () => number;
  readonly #onStart: (text: string, atMs: number) => void;
  readonly #prepared = new Map<string, string>();
  readonly #portals = new Map<string, string>();
  readonly #queue: (Open | 'sync')[] = [];
  #ended: SentStatement[] = [];

  constructor(now: () => number, onStart: (text: string, atMs: number) => void) {
    this.#now = now;
    this.#onStart = onStart;
  }

  /** What the client sends. */
  sent({ type, body }: Message): void {
    if (type === 'P') {
      const name = cString(body, 0);
      this.#prepared.set(name.text, cString(body, name.next).text);
    } else if (type === 'B') {
      const portal = cString(body, 0);
      this.#portals.set(portal.text, this.#prepared.get(cString(body, portal.next).text) ?? '');
    } else if (type === 'E') {
      this.#push(this.#portals.get(cString(body, 0).text) ?? '', false);
    } else if (type === 'Q') {
      this.#push(cString(body, 0).text, true);
      this.#queue.push('sync');
    } else if (type === 'S') this.#queue.push('sync');
  }

  /** What the server answers. With ReadyForQuery it gives the statements that have ended since the last one. */
  answered({ type, body }: Message): readonly SentStatement[] {
    const [head] = this.#queue;
    if (type === 'E') {
      if (head !== undefined && head !== 'sync') head.error = errorOf(body);
      this.#skipToSync();
    } else if (type === 'C' || type === 'I' || type === 's') {
      if (head !== undefined && head !== 'sync' && !head.simple) this.#end();
    } else if (type === 'Z') {
      if (head !== undefined && head !== 'sync') this.#end();
      if (this.#queue[0] === 'sync') this.#queue.shift();
      this.#begin();
      const ended = this.#ended;
      this.#ended = [];
      return ended;
    }
    return [];
  }

  #push(text: string, simple: boolean): void {
    this.#queue.push({ text, simple, startedMs: undefined, error: undefined });
    if (this.#queue.length === 1) this.#begin();
  }

  #begin(): void {
    const [head] = this.#queue;
    if (head === undefined || head === 'sync' || head.startedMs !== undefined) return;
    head.startedMs = this.#now();
    this.#onStart(head.text, head.startedMs);
  }

  #end(): void {
    const head = this.#queue.shift();
    if (head === undefined || head === 'sync') return;
    const endedMs = this.#now();
    this.#ended.push({ text: head.text, startedMs: head.startedMs ?? endedMs, endedMs, error: head.error });
    this.#begin();
  }

  /** The failed one itself stays: ReadyForQuery ends it. */
  #skipToSync(): void {
    const from = this.#queue[0] === 'sync' ? 0 : 1;
    const sync = this.#queue.indexOf('sync');
    this.#queue.splice(from, (sync < 0 ? this.#queue.length : sync) - from);
  }
}
