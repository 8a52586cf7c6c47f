import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildFlyway, missingForFlyway } from '../../lib/rehearse/flyway/build';
import { coreProgram, type FlywayResult, FlywayRun } from '../../lib/rehearse/flyway/run';
import { configMapVolume } from '../../lib/rehearse/flyway/volume';
import { findPostgres } from '../../lib/rehearse/server/find';
import { jobEnvironment, type RenderedJob } from '../tools/flyway/job';
import { Postgres } from '../tools/postgres';
import { BEFORE, jobOf } from './releases';
import { SEED } from './statements';

/** The version of the image that the sample renders. */
const FLYWAY = '13.12.0';

const bin = findPostgres();

/** What has to be installed for these tests and is not. */
export const missing = [...(bin === undefined ? ['postgres'] : []), ...missingForFlyway(FLYWAY)];

export const BEFORE_THE_CHANGE = '-target=1';

/** A server with databases to copy, on which rendered Jobs run. */
export class Harness {
  readonly postgres: Postgres;
  private readonly classPath: string;
  private readonly scratch: string;
  private readonly volumes = new Map<string, string>();

  private constructor(postgres: Postgres, classPath: string, scratch: string) {
    this.postgres = postgres;
    this.classPath = classPath;
    this.scratch = scratch;
  }

  static async start(): Promise<Harness> {
    const classPath = await buildFlyway(FLYWAY);
    const postgres = await Postgres.start(bin ?? '');
    return new Harness(postgres, classPath, mkdtempSync(join(tmpdir(), 'cutover-migrations-')));
  }

  async stop(): Promise<void> {
    await this.postgres.stop();
    rmSync(this.scratch, { recursive: true, force: true });
  }

  /** `baseline`: the first version and rows of the time before the change. `expanded`: the same after the first phase. */
  async prepareTemplates(): Promise<void> {
    this.create('baseline');
    await this.migrate('baseline', jobOf(BEFORE, 'expand'), BEFORE_THE_CHANGE);
    this.sql('baseline', SEED);
    await this.migrate(this.copyOf('baseline', 'expanded'), jobOf(BEFORE, 'expand'));
  }

  create(name: string): string {
    this.postgres.psql('postgres', `CREATE DATABASE ${name}`);
    return name;
  }

  /** A database of its own for a test. */
  copyOf(template: 'baseline' | 'expanded', name: string): string {
    this.postgres.psql('postgres', `CREATE DATABASE ${name} TEMPLATE ${template}`);
    return name;
  }

  sql(database: string, statements: string): string {
    return this.postgres.psql(database, statements);
  }

  /** Starts what the Job would; more arguments narrow it down. */
  start(database: string, job: RenderedJob, ...args: readonly string[]): FlywayRun {
    const environment = jobEnvironment(job, this.postgres, database, this.volume(job.files));
    return new FlywayRun(coreProgram(this.classPath), environment, [...job.args, ...args]);
  }

  run(database: string, job: RenderedJob, ...args: readonly string[]): Promise<FlywayResult> {
    return this.start(database, job, ...args).result();
  }

  /** Runs a Job, which must succeed, and returns how many files it executed. */
  async migrate(database: string, job: RenderedJob, ...args: readonly string[]): Promise<number> {
    const result = await this.run(database, job, ...args);
    expect(result).toEqual({ status: 0, output: expect.stringContaining('migrations executed: ') });
    return Number(/migrations executed: (\d+)/.exec(result.output)?.[1]);
  }

  /** The versions of the history, in the order in which they ran, and whether they succeeded. */
  history(database: string): string[] {
    const rows = `SELECT version || ' ' || success FROM flyway_schema_history WHERE version IS NOT NULL
      ORDER BY installed_rank`;
    return this.sql(database, rows).split('\n');
  }

  /** The server must not work on for a Job that is gone: it would hold Flyway's lock meanwhile. */
  sessionEnds(database: string): Promise<void> {
    const sessions = `SELECT count(*) FROM pg_stat_activity
      WHERE datname = '${database}' AND application_name = 'flyway'`;
    return until('the end of the session of the killed Job', () => this.sql(database, sessions) === '0');
  }

  private volume(files: Readonly<Record<string, string>>): string {
    const key = JSON.stringify(files);
    const folder = this.volumes.get(key) ?? configMapVolume(join(this.scratch, `volume${this.volumes.size}`), files);
    this.volumes.set(key, folder);
    return folder;
  }
}

/** Polls, because what is waited for happens in another process. */
export async function until(what: string, condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 15_000; !condition(); ) {
    if (Date.now() > deadline) throw new Error(`not seen within 15 s: ${what}`);
    await sleep(50);
  }
}
