import { setTimeout as sleep } from 'node:timers/promises';
import type { Migrations } from '../catalog/service';
import { now } from './clock';
import { type FlywayOutcome, type FlywayWorld, runFlyway } from './flyway-session';
import { attribute, bucketsOf, longest, probeReports } from './measure';
import { type PlannedStatement, type Stage, shown } from './plan';
import { Load } from './probes/load';
import type { Probe, Sample } from './probes/model';
import type { StageReport, StatementReport } from './report/report';
import { lockName } from './watch/locks';
import type { WatchedStatement } from './watch/watch';

/** How long the load runs alone before and after a migration, in milliseconds. */
const ALONE_MS = 500;

/** Width of the parts of the timeline, in milliseconds. */
const BUCKET_MS = 100;

export interface StageRun {
  readonly report: StageReport;
  readonly outcome: FlywayOutcome;
}

/** Runs one migration with readers and writers beside it. */
export async function runStage(
  world: FlywayWorld,
  stage: Stage,
  probes: readonly Probe[],
  { database, clients }: { readonly database: string; readonly clients: number },
): Promise<StageRun> {
  const { schema } = world.migrations.database;
  const startedMs = now();
  const load = await Load.start(probes, { account: world.server.migrator, database, schema, clients });
  let outcome: FlywayOutcome;
  try {
    await sleep(ALONE_MS);
    outcome = await runFlyway(world, jobOf(world.migrations, stage, database));
    await sleep(ALONE_MS);
  } finally {
    await load.stop();
  }
  const span = { startedMs, endedMs: now() };
  const begun = outcome.statements[0]?.startedMs ?? outcome.endedMs;
  const idle = load.samples.filter((sample) => sample.startedMs + sample.ms < begun);
  const beside = load.samples.filter((sample) => sample.startedMs + sample.ms >= begun);
  return {
    outcome,
    report: {
      version: stage.file.version,
      file: stage.path,
      phase: stage.file.phase,
      versions: [...new Set(probes.map(({ version }) => version))],
      outcome: outcome.kind === 'succeeded' ? 'succeeded' : outcome.kind === 'failed' ? 'failed' : 'cut',
      ...span,
      statements: statementReports(stage.statements, outcome.statements, beside),
      probes: probeReports(beside),
      longestReadMs: longest(beside, 'read'),
      longestWriteMs: longest(beside, 'write'),
      idleReadMs: longest(idle, 'read'),
      idleWriteMs: longest(idle, 'write'),
      buckets: bucketsOf(load.samples, span, BUCKET_MS),
    },
  };
}

/** The Job that would run a stage: with all files, as far as that version. */
export const jobOf = (migrations: Migrations, { file }: Stage, database: string) => ({
  database,
  phase: file.phase,
  target: file.version,
  files: migrations.files,
});

/** The statements of the file that ran, each with what happened to others meanwhile. */
function statementReports(
  planned: readonly PlannedStatement[],
  watched: readonly WatchedStatement[],
  samples: readonly Sample[],
): readonly StatementReport[] {
  const ran = ownStatements(planned, watched);
  const beside = attribute(
    samples,
    ran.map(({ statement }) => statement),
  );
  return ran.map(({ planned: { line, text }, statement }) => {
    const own = beside.get(statement) ?? [];
    return {
      line,
      text: shown(text),
      startedMs: statement.startedMs,
      ms: statement.endedMs - statement.startedMs,
      lock: statement.lock === undefined ? null : lockName(statement.lock.mode),
      lockedRelation: statement.lock?.relation ?? null,
      longestReadMs: longest(own, 'read'),
      longestWriteMs: longest(own, 'write'),
      failedProbes: own.filter(({ failure }) => failure !== undefined).length,
      sqlState: statement.error?.sqlState ?? null,
    };
  });
}

interface RanStatement {
  readonly planned: PlannedStatement;
  readonly statement: WatchedStatement;
}

/** Those statements of the session that stand in the file; the others are Flyway's own. */
export function ownStatements(
  planned: readonly PlannedStatement[],
  watched: readonly WatchedStatement[],
): readonly RanStatement[] {
  const found: RanStatement[] = [];
  let next = 0;
  for (const statement of watched) {
    const at = planned.findIndex(({ text }, i) => i >= next && isStatement(text, statement.text));
    const plan = planned[at];
    if (plan === undefined) continue;
    found.push({ planned: plan, statement });
    next = at + 1;
  }
  return found;
}

/** Flyway sends a statement as it stands in the file, perhaps with the comments before it and without its semicolon. */
export const isStatement = (planned: string, sent: string): boolean => flat(sent).endsWith(flat(planned));

const flat = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\s;]+$/, '')
    .trim();
