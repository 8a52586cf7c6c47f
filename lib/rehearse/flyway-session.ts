import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { MigrationFile, MigrationPhase, Migrations } from '../catalog/service';
import type { Cleanup } from './cleanup';
import { now } from './clock';
import type { Databases } from './databases';
import { FLYWAY_FLAGS, filesOf, jobSettings, ledTo } from './flyway/environment';
import { type FlywayProgram, FlywayRun } from './flyway/run';
import { configMapVolume } from './flyway/volume';
import type { Server } from './server/server';
import { type Blocked, tellBlocked } from './watch/blocked';
import { FlywayWatch, type WatchedStatement } from './watch/watch';
import { WireProxy } from './wire/proxy';

/** What every run of Flyway needs. */
export interface FlywayWorld {
  readonly server: Server;
  readonly databases: Databases;
  /** Ends what still runs when the rehearsal is broken off. */
  readonly cleanup: Cleanup;
  readonly program: FlywayProgram;
  readonly migrations: Migrations;
  /** The time that one run may take, in seconds. */
  readonly timeoutSeconds: number;
}

export interface FlywayJob {
  readonly database: string;
  readonly phase: MigrationPhase;
  readonly target: string;
  readonly files: readonly MigrationFile[];
  /** `migrate` unless something else is said. */
  readonly commands?: readonly string[];
}

/** How a run ended, and what it did. */
export interface FlywayOutcome {
  readonly kind: 'succeeded' | 'failed' | 'cut' | 'killed';
  readonly output: string;
  readonly executed: number;
  readonly statements: readonly WatchedStatement[];
  readonly startedMs: number;
  readonly endedMs: number;
  /** Of a run that was cut: the statement that was running, and for what it waited. */
  readonly hung: { readonly statement: string; readonly waits: string | undefined } | undefined;
}

/** A Flyway at work behind a proxy, watched. */
export class FlywaySession {
  readonly watch: FlywayWatch;
  readonly #world: FlywayWorld;
  readonly #client: Client;
  readonly #proxy: WireProxy;
  readonly #run: FlywayRun;
  readonly #folder: string;
  readonly #startedMs = now();
  #killed = false;
  #closing: Promise<void> | undefined;

  private constructor(
    world: FlywayWorld,
    job: FlywayJob,
    parts: { readonly client: Client; readonly watch: FlywayWatch; readonly proxy: WireProxy; readonly folder: string },
  ) {
    this.#world = world;
    this.#client = parts.client;
    this.watch = parts.watch;
    this.#proxy = parts.proxy;
    this.#folder = parts.folder;
    const { migrator } = world.server;
    const account = { ...migrator, host: '127.0.0.1', port: parts.proxy.port };
    const settings = jobSettings(world.migrations, job.phase, job.target);
    const volume = configMapVolume(parts.folder, filesOf(job.files));
    const args = [...FLYWAY_FLAGS, ...(job.commands ?? ['migrate'])];
    this.#run = new FlywayRun(world.program, ledTo(settings, account, job.database, volume), args);
  }

  /** Starts what the Job would; `onStatement` is told each statement when it is sent. */
  static async start(world: FlywayWorld, job: FlywayJob, onStatement?: (text: string) => void): Promise<FlywaySession> {
    const client = await world.databases.watcher(job.database);
    const watch = new FlywayWatch(client, onStatement);
    const proxy = await WireProxy.start(world.server.migrator, watch);
    const folder = mkdtempSync(join(tmpdir(), 'cutover-flyway-'));
    const session = new FlywaySession(world, job, { client, watch, proxy, folder });
    world.cleanup.defer(() => session.#close());
    watch.start();
    return session;
  }

  /** Kills the process as the kubelet kills a pod: the server learns of it by itself. */
  async kill(): Promise<void> {
    this.#killed = true;
    await this.#run.kill();
  }

  /** Waits for its end, or ends it: after its time, or when it waits for itself. */
  async outcome(): Promise<FlywayOutcome> {
    try {
      const hung = await this.#untilEnd();
      const { status, output } = await this.#run.result();
      const kind = this.#killed ? 'killed' : hung !== undefined ? 'cut' : status === 0 ? 'succeeded' : 'failed';
      const executed = Number(
        /migrations executed: (\d+)|Successfully applied (\d+)/.exec(output)?.slice(1).find(Boolean) ?? 0,
      );
      const { statements } = this.watch;
      return { kind, output, executed, statements, startedMs: this.#startedMs, endedMs: now(), hung };
    } finally {
      await this.#close();
    }
  }

  async #untilEnd(): Promise<FlywayOutcome['hung']> {
    const end = this.#run.result().then(() => true);
    const deadline = now() + this.#world.timeoutSeconds * 1000;
    while (!(await Promise.race([end, sleep(100).then(() => false)]))) {
      const { hanging } = this.watch;
      if (hanging !== undefined || now() > deadline) return this.#cut(hanging);
    }
    return undefined;
  }

  async #cut(hanging: Blocked | undefined): Promise<FlywayOutcome['hung']> {
    const blocked = hanging ?? (await this.watch.blocked())[0];
    const statement = this.watch.current.at(-1) ?? 'nothing of its own';
    const pids = this.watch.pids;
    await this.#run.kill();
    await this.#client.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [pids]);
    return { statement, waits: blocked === undefined ? undefined : tellBlocked(blocked) };
  }

  #close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    await this.#run.kill();
    await this.watch.stop();
    await this.#proxy.stop();
    await this.#client.end().catch(() => undefined);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Starts a run and waits for its end. */
export const runFlyway = async (world: FlywayWorld, job: FlywayJob): Promise<FlywayOutcome> =>
  (await FlywaySession.start(world, job)).outcome();

/** The line in which Flyway or PostgreSQL says what went wrong. */
export function reasonOf(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const told = lines.filter((line) => /^(ERROR|Message|SQL State)\b/.test(line));
  return (told.length > 0 ? told : lines.filter((line) => line !== '').slice(-2)).join('; ').slice(0, 400);
}
