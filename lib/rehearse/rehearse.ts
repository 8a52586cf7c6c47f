import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Migrations } from '../catalog/service';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { checkAfter } from './checks';
import type { Cleanup } from './cleanup';
import { connect } from './connect';
import { Databases } from './databases';
import { finding } from './finding';
import { findFlyway } from './flyway/find';
import { type FlywayWorld, reasonOf, runFlyway } from './flyway-session';
import { type Plan, planOf, type Stage } from './plan';
import type { RehearsalReport, StageReport } from './report/report';
import { type Seeded, seed } from './seed/seed';
import { startServer } from './server/start';
import { runStage, type StageRun } from './stage';
import { judgeStage } from './verdict';

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
  const world = { server, databases, program: flyway.program, migrations, timeoutSeconds: options.timeoutSeconds };
  const rehearsing: Rehearsing = { options, world, plan, path, findings: [...findings] };
  if (server.majorVersion !== serverVersion)
    rehearsing.findings.push(otherVersion(path, server.majorVersion, serverVersion));
  const delay = monitorEventLoopDelay({ resolution: 10 });
  const database = await databases.create();
  const seeded = await prepare(rehearsing, database);
  delay.enable();
  const stages = seeded === undefined ? [] : await runStages(rehearsing, database);
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
    stages: stages.map(({ report }) => report),
    drills: [],
    findings: rehearsing.findings,
  };
}

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
  const client = await connect(world.server.migrator, database, { name: 'cutover seed', schema });
  try {
    const told = await seed(client, { schema, rows: options.rows, file: migrations.rehearsal.seed, path });
    findings.push(...told.findings);
    return told.findings.length > 0 ? undefined : told.seeded;
  } finally {
    await client.end();
  }
}

/** Stops behind the first migration that fails: what comes after it would run on something else. */
async function runStages(rehearsing: Rehearsing, database: string): Promise<readonly StageRun[]> {
  const runs: StageRun[] = [];
  for (const stage of rehearsing.plan.stages) {
    const run = await runOne(rehearsing, stage, database);
    runs.push(run);
    if (run.outcome.kind !== 'succeeded') break;
  }
  return runs;
}

async function runOne(rehearsing: Rehearsing, stage: Stage, database: string): Promise<StageRun> {
  const { options, world, path, findings } = rehearsing;
  options.progress(`${stage.file.name} beside ${stage.versions.join(' and ')}`);
  const run = await runStage(world, stage, stage.probes, { database, clients: options.clients });
  findings.push(...judgeStage(stage, run.report, run.outcome, options, path));
  const { schema } = world.migrations.database;
  const client = await connect(world.server.migrator, database, { name: 'cutover', schema });
  try {
    findings.push(...(await checkAfter(client, stage, world.migrations.rehearsal, path)));
  } finally {
    await client.end();
  }
  return run;
}

export type { StageReport };
