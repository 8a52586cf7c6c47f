import type { Diagnostic, Position } from '../diagnostic/diagnostic';
import { finding } from './finding';
import { type FlywayOutcome, reasonOf } from './flyway-session';
import type { ProbeReport } from './measure';
import { type Stage, shown } from './plan';
import { probePath } from './probes/model';
import type { StageReport, StatementReport } from './report/report';

export interface Budgets {
  /** The longest wait of a reader or writer that is allowed, in milliseconds. */
  readonly maxWaitMs: number;
}

/** What is wrong with a migration, after what ran beside it. `path` is that of the migrations in the catalog. */
export function judgeStage(
  stage: Stage,
  report: StageReport,
  outcome: FlywayOutcome,
  budgets: Budgets,
  path: string,
): readonly Diagnostic[] {
  return [
    ...judgeOutcome(stage, report, outcome, path),
    ...report.probes.flatMap((probe) => judgeProbe(stage, report, probe, path)),
    ...(['read', 'write'] as const).flatMap((kind) => judgeWaits(stage, report, kind, budgets, path)),
  ];
}

/** The place of a statement, or that of the file. */
function placeOf(stage: Stage, statement: StatementReport | undefined): Position {
  const planned = stage.statements.find(({ line }) => line === statement?.line);
  return { file: stage.path, line: planned?.line ?? 1, column: planned?.column ?? 1 };
}

function judgeOutcome(stage: Stage, report: StageReport, outcome: FlywayOutcome, path: string): readonly Diagnostic[] {
  const failed = report.statements.find(({ sqlState }) => sqlState !== null);
  if (outcome.kind === 'failed')
    return [
      finding('MIG004', path, `${stage.file.name} failed: ${reasonOf(outcome.output)}`, {
        hint: 'mend the file; npm run lint:sql may know the safe rewrite',
        position: placeOf(stage, failed),
      }),
    ];
  if (outcome.hung === undefined) return [];
  const { statement, waits } = outcome.hung;
  const seconds = Math.round((outcome.endedMs - outcome.startedMs) / 1000);
  return [
    finding(
      'MIG005',
      path,
      `${stage.file.name} was cut after ${seconds} s: ${shown(statement)} ${waits === undefined ? 'was still running' : `waits for ${waits}`}`,
      {
        hint: waits?.includes('(flyway')
          ? 'it waits for another session of the same Flyway, and would for ever: give the file a .conf with executeInTransaction=false'
          : 'give more time with --timeout-seconds, or look at what it waits for',
        position: placeOf(stage, report.statements.at(-1)),
      },
    ),
  ];
}

function judgeProbe(
  stage: Stage,
  report: StageReport,
  { version, probe, calls, failures }: ProbeReport,
  path: string,
): readonly Diagnostic[] {
  return failures.map(({ sqlState, message, count, firstMs }) => {
    const cause = report.statements.filter(({ startedMs }) => startedMs <= firstMs).at(-1);
    return finding(
      'MIG001',
      probePath(path, { version, name: probe }),
      `${count} of ${calls} calls of ${probe} of version ${version} failed beside ${stage.file.name}: ${sqlState ?? 'no answer'} ${message}`,
      {
        hint: hintFor(sqlState, stage.file.phase),
        position: placeOf(stage, cause),
      },
    );
  });
}

function hintFor(sqlState: string | null, phase: string): string {
  if (sqlState === '0A000')
    return 'list the columns instead of SELECT *: a prepared one no longer fits after the change';
  if (sqlState === '42703' || sqlState === '42P01')
    return phase === 'contract'
      ? 'release the contract later: a version that may still run uses what it removes'
      : 'move the file to contract/, and release it when no version that may run uses what it removes';
  return 'the version that serves meanwhile must go on working: split the change';
}

function judgeWaits(
  stage: Stage,
  report: StageReport,
  kind: 'read' | 'write',
  { maxWaitMs }: Budgets,
  path: string,
): readonly Diagnostic[] {
  const [waited, idle] =
    kind === 'read' ? [report.longestReadMs, report.idleReadMs] : [report.longestWriteMs, report.idleWriteMs];
  if (waited <= maxWaitMs) return [];
  const waitOf = (one: StatementReport): number => (kind === 'read' ? one.longestReadMs : one.longestWriteMs);
  const cause = [...report.statements].sort((a, b) => waitOf(b) - waitOf(a))[0];
  const during =
    cause === undefined || waitOf(cause) < waited
      ? ''
      : ` during "${cause.text}"${cause.lock === null ? '' : `, which has ${cause.lock} on ${cause.lockedRelation}`}`;
  return [
    finding(
      'MIG002',
      path,
      `a ${kind === 'read' ? 'reader' : 'writer'} waited ${Math.round(waited)} ms beside ${stage.file.name}${during}; ${maxWaitMs} ms are allowed, and without it the longest wait was ${Math.round(idle)} ms`,
      {
        hint: 'set a short lock_timeout, change rows in batches, and build indexes CONCURRENTLY',
        position: placeOf(stage, cause),
      },
    ),
  ];
}
