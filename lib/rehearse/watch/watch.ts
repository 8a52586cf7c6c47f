import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { now } from '../clock';
import type { SessionWatcher } from '../wire/proxy';
import type { SentStatement } from '../wire/statements';
import { type Blocked, blockedOf, waitsForItself } from './blocked';
import { type HeldLock, locksOf, strongest } from './locks';

/** A statement of a migration as it ran. */
export interface WatchedStatement extends SentStatement {
  readonly pid: number;
  /** The strongest lock that its session held or waited for while it ran, on something that others see. */
  readonly lock: HeldLock | undefined;
}

/** Time between two looks at the locks, in milliseconds. */
const SAMPLE_MS = 20;

/** How long a session may wait for another one of the same Flyway before that is taken for its end, in milliseconds. */
const SELF_WAIT_MS = 3000;

interface Running {
  readonly text: string;
  readonly locks: HeldLock[];
}

/**
 * Watches the sessions of Flyway: which statement runs when, and which locks it has. They are looked at every 20 ms, and once
 * more when a statement has ended inside a transaction, before Flyway is told: so no lock of a transaction is missed, however
 * short. What runs outside of one and ends within 20 ms may have had a lock that was not seen.
 */
export class FlywayWatch implements SessionWatcher {
  readonly statements: WatchedStatement[] = [];
  readonly #client: Client;
  readonly #sessions = new Set<number>();
  readonly #running = new Map<number, Running>();
  readonly #onStart: (text: string) => void;
  #held: Promise<void> | undefined;
  #asked: Promise<unknown> = Promise.resolve();
  #stopped = false;
  #loop: Promise<void> = Promise.resolve();
  #selfWaitSince: number | undefined;
  /** Set once it waits for itself: it will never end. */
  hanging: Blocked | undefined;

  constructor(client: Client, onStart: (text: string) => void = () => undefined) {
    this.#client = client;
    this.#onStart = onStart;
  }

  get pids(): readonly number[] {
    return [...this.#sessions];
  }

  /** What runs at the moment. */
  get current(): readonly string[] {
    return [...this.#running.values()].map(({ text }) => text);
  }

  opened(pid: number): void {
    this.#sessions.add(pid);
  }

  closed(pid: number): void {
    this.#sessions.delete(pid);
    this.#running.delete(pid);
  }

  started(pid: number, text: string): void {
    this.#running.set(pid, { text, locks: [] });
    this.#onStart(text);
  }

  async ended(pid: number, statements: readonly SentStatement[], open: boolean): Promise<void> {
    const sampled = this.#running.get(pid)?.locks ?? [];
    this.#running.delete(pid);
    const held = open ? await this.#locks([pid]) : [];
    const lock = strongest([...sampled, ...held]);
    for (const statement of statements) this.statements.push({ ...statement, pid, lock });
    await this.#held;
  }

  /** From now on Flyway is not told that a statement has ended: it stays where it is until it is killed. */
  hold(): void {
    this.#held = new Promise(() => undefined);
  }

  start(): void {
    this.#loop = this.#sample();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#loop;
  }

  async #sample(): Promise<void> {
    for (; !this.#stopped; await sleep(SAMPLE_MS)) {
      for (const [pid, running] of this.#running) running.locks.push(...(await this.#locks([pid])));
      if (this.#running.size > 0) await this.#lookForSelfWait();
    }
  }

  async #lookForSelfWait(): Promise<void> {
    const waiting = waitsForItself(await this.blocked(), this.pids);
    if (waiting === undefined) this.#selfWaitSince = undefined;
    else {
      this.#selfWaitSince ??= now();
      if (now() - this.#selfWaitSince > SELF_WAIT_MS) this.hanging = waiting;
    }
  }

  /** For whom its sessions wait now. */
  blocked(): Promise<readonly Blocked[]> {
    return this.#ask(() => blockedOf(this.#client, this.pids));
  }

  #locks(pids: readonly number[]): Promise<readonly HeldLock[]> {
    return this.#ask(() => locksOf(this.#client, pids));
  }

  /** One question at a time. A watcher that is late sees nothing, and must not fail what it watches. */
  #ask<T>(question: () => Promise<readonly T[]>): Promise<readonly T[]> {
    const answer = this.#asked.then(question).catch(() => []);
    this.#asked = answer;
    return answer;
  }
}
