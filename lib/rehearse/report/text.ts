import { formatDiagnostics, printable } from '../../diagnostic/format';
import { ms } from './markup';
import type { RehearsalReport, StageReport, StatementReport } from './report';

/** A rehearsal for a terminal: each statement with what it cost others, the drills, the findings, the verdict. */
export function toText(report: RehearsalReport): string {
  const { seeded } = report;
  const rows = seeded.map(({ table, rows: count }) => `${table} ${count}`).join(', ');
  const head = [
    `${report.service} in ${report.environment}: ${report.flyway} on ${report.server}`,
    `migrated to ${report.base}, then rows: ${rows === '' ? 'none' : rows}`,
  ];
  const drills = report.drills.map(({ name, migration, verdict, told }) =>
    printable(`  ${verdict} ${name}${migration === null ? '' : ` ${migration}`}: ${told}`),
  );
  const parts = [
    head.map(printable).join('\n'),
    ...report.stages.map(stageText),
    ...(drills.length > 0 ? [`drills\n${drills.join('\n')}`] : []),
    `${formatDiagnostics(report.findings)}${lastLine(report)}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function lastLine({ verdict, maxWaitMs, ownDelayMs, stages }: RehearsalReport): string {
  const longest = (pick: (stage: StageReport) => number): string => ms(Math.max(0, ...stages.map(pick)));
  const failures = stages.flatMap(({ probes }) => probes).reduce((sum, one) => sum + failed(one), 0);
  const calls = stages.flatMap(({ probes }) => probes).reduce((sum, one) => sum + one.calls, 0);
  return (
    `${verdict}: ${failures} of ${calls} calls failed; the longest wait of a reader was ` +
    `${longest((stage) => stage.longestReadMs)}, of a writer ${longest((stage) => stage.longestWriteMs)}, ` +
    `${maxWaitMs} ms are allowed (this process itself was held up for ${ms(ownDelayMs)} at most)`
  );
}

const failed = ({ failures }: StageReport['probes'][number]): number =>
  failures.reduce((sum, { count }) => sum + count, 0);

function stageText(stage: StageReport): string {
  const { version, file, phase, versions, outcome, probes } = stage;
  const beside = versions.length === 0 ? 'nobody' : versions.join(' and ');
  const calls = probes.reduce((sum, one) => sum + one.calls, 0);
  const failures = probes.reduce((sum, one) => sum + failed(one), 0);
  const lines = [
    printable(`${phase} ${version} ${outcome}, beside ${beside}: ${file}`),
    ...table(stage.statements),
    `  ${failures} of ${calls} calls failed; longest wait: reader ${ms(stage.longestReadMs)}, writer ${ms(stage.longestWriteMs)}` +
      ` (before it: ${ms(stage.idleReadMs)}, ${ms(stage.idleWriteMs)})`,
  ];
  return lines.join('\n');
}

function table(statements: readonly StatementReport[]): readonly string[] {
  const rows = statements.map((one) => [
    ms(one.ms),
    one.lock === null ? '-' : `${one.lock} ${one.lockedRelation}`,
    ms(one.longestReadMs),
    ms(one.longestWriteMs),
    String(one.failedProbes),
    `${one.line}: ${one.text}${one.sqlState === null ? '' : ` -> ${one.sqlState}`}`,
  ]);
  const all = [['took', 'strongest lock', 'reader', 'writer', 'failed', 'line: statement'], ...rows];
  const widths = (all[0] ?? []).map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  return all.map((row) => printable(`  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd()));
}
