import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Client } from 'pg';
import type { Migrations } from '../catalog/service';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { checkAfter } from './checks';
import type { Cleanup } from './cleanup';
import { connect } from './connect';
import { Databases } from './databases';
import { runDrills } from './drills';
import { firstFailure } from './drills/drill';
import { finding } from './finding';
import { findFlyway } from './flyway/find';
import { type FlywayWorld, reasonOf, runFlyway } from './flyway-session';
import { type Plan, planOf, type Stage } from './plan';
import { deriveProbes } from './probes/derive';
import { type Probe, probePath } from './probes/model';
import { reachOf } from './reach';
import type { DrillReport, RehearsalReport, StageReport } from './report/report';
import { type Seeded, seed } from './seed/seed';
import { startServer } from './server/start';
import { runStage, type StageRun } from './stage';
import { judgeStage } from './verdict';
import { stopsWriters } from './watch/locks';

export interface RehearsalOptions {
  readonly service: string;
  readonly environment: string;
  readonly migrations: Migrations;
  /** Hosts of databases that the catalog names. */
  readonly productionHosts: readonly string[];
  readonly databaseUrl: string | undefined;
  readonly rows: number;
  /** The migration that production is at. */
  readonly from: string | undefined;
  readonly maxWaitMs: number;
  readonly timeoutSeconds: number;
  /** Connections for each version and kind. */
  readonly clients: number;
  readonly drills: readonly string[];
  /** Tells people what is being done. */
  readonly progress: (what: string) => void;
}

/** What the parts of a rehearsal share. */
export interface Rehearsing {
  readonly options: RehearsalOptions;
  readonly world: FlywayWorld;
  readonly plan: Plan;
  /** Where the catalog has the migrations. */
  readonly path: string;
  readonly findings: Diagnostic[];
}

/**
 * Runs the migrations of a service one by one on a real server, with the statements of its versions beside them. What cannot
 * begin is told by findings, with no report.
 */
export async function rehearse(
  options: RehearsalOptions,
  cleanup: Cleanup,
): Promise<RehearsalReport | readonly Diagnostic[]> {
  const { migrations, progress } = options;
  const path = `services.${options.service}.migrations`;
  const { plan, findings } = planOf(migrations, options.from, path);
  if (plan === undefined) return findings;
  progress('looking for Flyway');
  const flyway = await findFlyway(migrations.flywayImage);
  if ('code' in flyway) return [flyway];
  progress('starting PostgreSQL');
  const { serverVersion } = migrations.database;
  const server = await startServer(
    { url: options.databaseUrl, majorVersion: serverVersion, productionHosts: options.productionHosts },
    cleanup,
  );
  if ('code' in server) return [server];
  const databases = await Databases.open(server, cleanup);
  const world = {
    server,
    databases,
    cleanup,
    program: flyway.program,
    migrations,
    timeoutSeconds: options.timeoutSeconds,
  };
  const rehearsing: Rehearsing = { options, world, plan, path, findings: [...findings] };
  if (server.majorVersion !== serverVersion)
    rehearsing.findings.push(otherVersion(path, server.majorVersion, serverVersion));
  if (migrations.rehearsal.versions.length === 0) rehearsing.findings.push(noProbes(path));
  const delay = monitorEventLoopDelay({ resolution: 10 });
  const database = await databases.create();
  const seeded = await prepare(rehearsing, database);
  delay.enable();
  const { stages, drills } =
    seeded === undefined ? { stages: [], drills: [] } : await runStages(rehearsing, database, seeded);
  delay.disable();
  const failed = rehearsing.findings.some(({ severity }) => severity === 'error');
  return {
    service: options.service,
    environment: options.environment,
    verdict: failed ? 'failed' : 'passed',
    server: server.told,
    flyway: flyway.told,
    base: plan.base,
    rows: options.rows,
    maxWaitMs: options.maxWaitMs,
    ownDelayMs: delay.max / 1e6,
    seeded: seeded ?? [],
    stages,
    drills,
    findings: rehearsing.findings,
  };
}

const noProbes = (path: string): Diagnostic =>
  finding('MIG012', `${path}.rehearsal.versions`, 'the catalog does not say what the versions send', {
    hint: 'readers and writers of every table by its key run instead; name a few statements of each version, which find more',
  });

const otherVersion = (path: string, found: number, wanted: number): Diagnostic =>
  finding('MIG023', `${path}.database.serverVersion`, `the server is PostgreSQL ${found}, the catalog says ${wanted}`, {
    hint: `install PostgreSQL ${wanted}: locks and what rewrites a table differ between versions`,
  });

/** Brings the schema to where production is, and fills it; undefined when that fails. */
async function prepare(rehearsing: Rehearsing, database: string): Promise<readonly Seeded[] | undefined> {
  const { options, world, plan, path, findings } = rehearsing;
  const { migrations } = world;
  options.progress(`migrating to ${plan.base}`);
  const base = await runFlyway(world, { database, phase: 'expand', target: plan.base, files: migrations.files });
  if (base.kind !== 'succeeded') {
    const message = `the migrations up to ${plan.base} failed: ${reasonOf(base.output)}`;
    findings.push(finding('MIG004', path, message, { hint: 'mend the file that is named' }));
    return undefined;
  }
  options.progress(`writing ${options.rows} rows to each table`);
  const { schema } = migrations.database;
  const file = migrations.rehearsal.seed;
  const told = await withSession(world, database, (client) => seed(client, { schema, rows: options.rows, file, path }));
  findings.push(...told.findings);
  return told.findings.length > 0 ? undefined : told.seeded;
}

/** Stops behind the first migration that fails: what comes after it would run on something else. */
async function runStages(
  rehearsing: Rehearsing,
  database: string,
  seeded: readonly Seeded[],
): Promise<{ readonly stages: readonly StageReport[]; readonly drills: readonly DrillReport[] }> {
  const { options, plan, world, findings } = rehearsing;
  const stages: StageReport[] = [];
  const drills: DrillReport[] = [];
  const drilled = options.drills.length > 0;
  const base = drilled ? await world.databases.copy(database) : '';
  for (const stage of plan.stages) {
    const before = drilled ? await world.databases.copy(database) : '';
    const probes = await probesOf(rehearsing, stage, database);
    const run = await runOne(rehearsing, stage, probes, database);
    stages.push(run.report);
    findings.push(...emptyTables(rehearsing, stage, run.report, seeded));
    if (run.outcome.kind !== 'succeeded') break;
    if (!drilled) continue;
    const { path, maxWaitMs, clients } = { ...options, path: rehearsing.path };
    const { locks } = await reachOf(stage.path, stage.file.sql);
    const seededTables = new Set(seeded.map(({ table }) => table));
    const scene = {
      world,
      locks,
      seededTables,
      plan,
      stage,
      run,
      probes,
      base,
      before,
      after: database,
      maxWaitMs,
      clients,
      path,
    };
    const done = await runDrills(scene, options.drills, options.progress);
    drills.push(...done.reports);
    findings.push(...done.findings);
    await world.databases.drop(before);
  }
  return { stages, drills };
}

async function runOne(
  { options, world, path, findings }: Rehearsing,
  stage: Stage,
  probes: readonly Probe[],
  database: string,
): Promise<StageRun> {
  options.progress(`${stage.file.name} beside ${stage.versions.join(' and ')}`);
  const run = await runStage(world, stage, probes, { database, clients: options.clients });
  findings.push(...judgeStage(stage, run.report, run.outcome, options, path));
  await withSession(world, database, async (client) => {
    findings.push(...(await checkAfter(client, stage, world.migrations.rehearsal, path)));
  });
  return run;
}

/** The statements that run beside a migration: those of the catalog that work, or derived ones where it has none at all. */
async function probesOf(
  { world, path, findings }: Rehearsing,
  stage: Stage,
  database: string,
): Promise<readonly Probe[]> {
  const { migrations } = world;
  return withSession(world, database, async (client) => {
    if (migrations.rehearsal.versions.length === 0)
      return deriveProbes(client, migrations.database.schema, (await reachOf(stage.path, stage.file.sql)).removed);
    const sound: Probe[] = [];
    for (const probe of stage.probes) {
      const why = await firstFailure(client, [probe]);
      if (why === undefined) sound.push(probe);
      else if (!findings.some((one) => one.path === probePath(path, probe)))
        findings.push(
          finding('MIG010', probePath(path, probe), `${why}, before ${stage.file.name} has begun`, {
            hint: 'mend the statement, or name the migration that it needs in schema',
          }),
        );
    }
    return sound;
  });
}

/** On a table without rows nothing takes long, so that nothing is shown. */
function emptyTables(
  { path, plan }: Rehearsing,
  stage: Stage,
  { statements }: StageReport,
  seeded: readonly Seeded[],
): readonly Diagnostic[] {
  const filled = new Set(seeded.filter(({ rows }) => rows > 0).map(({ table }) => table));
  const tables = new Set(
    statements.flatMap(({ lock, lockedRelation }) =>
      lock !== null && stopsWriters(lock) && lockedRelation !== null && !filled.has(lockedRelation)
        ? [lockedRelation]
        : [],
    ),
  );
  return [...tables].map((table) =>
    finding('MIG007', path, `${stage.file.name} locks ${table}, which had no rows when ${plan.base} was done`, {
      hint: 'name the migration that production is at with --from: what is there by then is filled',
      position: { file: stage.path, line: 1, column: 1 },
    }),
  );
}

async function withSession<T>(world: FlywayWorld, database: string, use: (client: Client) => Promise<T>): Promise<T> {
  const { schema } = world.migrations.database;
  const client = await connect(world.server.migrator, database, { name: 'cutover', schema });
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
