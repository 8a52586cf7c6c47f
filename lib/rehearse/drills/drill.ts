import type { Client } from 'pg';
import { checkAfter } from '../checks';
import type { RehearsalCode } from '../codes';
import { connect } from '../connect';
import type { FlywayJob, FlywayOutcome, FlywayWorld } from '../flyway-session';
import type { Plan, Stage } from '../plan';
import type { Probe } from '../probes/model';
import { Values } from '../probes/values';
import type { DrillVerdict } from '../report/report';
import type { StageRun } from '../stage';
import { jobOf } from '../stage';

/** What a drill works with: the migration as it ran, and databases to copy. */
export interface DrillScene {
  readonly world: FlywayWorld;
  readonly plan: Plan;
  readonly stage: Stage;
  readonly run: StageRun;
  /** Tables that its statements lock, by its text; those that stop writers first. */
  readonly locks: readonly string[];
  /** Tables that were there before the first migration. */
  readonly seededTables: ReadonlySet<string>;
  /** The statements that ran beside it. */
  readonly probes: readonly Probe[];
  /** As everything was before the first stage, before this one, and after it; to be copied only. */
  readonly base: string;
  readonly before: string;
  readonly after: string;
  readonly maxWaitMs: number;
  readonly clients: number;
  /** Where the catalog has the migrations. */
  readonly path: string;
}

/** How a drill went, in one plain sentence. */
export interface DrillResult {
  readonly verdict: DrillVerdict;
  readonly told: string;
  /** The next action after a failure. */
  readonly hint?: string;
}

/** Something that goes wrong in production, done on purpose. */
export interface Drill {
  readonly name: string;
  /** What it does, for documents. */
  readonly title: string;
  readonly code: RehearsalCode;
  /** Whether it says anything about this migration. */
  readonly concerns: (scene: DrillScene) => boolean;
  readonly run: (scene: DrillScene) => Promise<DrillResult>;
}

export const passed = (told: string): DrillResult => ({ verdict: 'passed', told });
export const failed = (told: string, hint: string): DrillResult => ({ verdict: 'failed', told, hint });
export const skipped = (told: string): DrillResult => ({ verdict: 'skipped', told });

/** The Job of the migration that the drill is about. */
export const drillJob = ({ world, stage }: DrillScene, database: string): FlywayJob =>
  jobOf(world.migrations, stage, database);

/** Seconds with one digit. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

export const lasted = ({ startedMs, endedMs }: FlywayOutcome): string => seconds(endedMs - startedMs);

/** Runs something with a copy of a database, which is dropped afterwards. */
export async function withCopy<T>(
  { world }: DrillScene,
  template: string,
  use: (database: string) => Promise<T>,
): Promise<T> {
  const database = await world.databases.copy(template);
  try {
    return await use(database);
  } finally {
    await world.databases.drop(database);
  }
}

/** Runs something with a session of the account of the Jobs. */
export async function withClient<T>(
  { world }: DrillScene,
  database: string,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const { schema } = world.migrations.database;
  const client = await connect(world.server.migrator, database, { name: 'cutover drill', schema });
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What is wrong with the database of a migration that is done: probes that fail, invalid indexes, broken invariants; else undefined. */
export function wrongAfter(
  scene: DrillScene,
  database: string,
  probes: readonly Probe[] = scene.probes,
): Promise<string | undefined> {
  const { world, stage, path } = scene;
  return withClient(scene, database, async (client) => {
    const [found] = await checkAfter(client, stage, world.migrations.rehearsal, path);
    if (found !== undefined) return found.message;
    return firstFailure(client, probes);
  });
}

/** Calls each probe once; the first failure in words. */
export async function firstFailure(client: Client, probes: readonly Probe[]): Promise<string | undefined> {
  const values = await Values.read(client, probes);
  for (const probe of probes) {
    try {
      await client.query(probe.sql, [...values.of(probe)]);
    } catch (error) {
      return `${probe.name} of ${probe.version} fails: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  return undefined;
}
