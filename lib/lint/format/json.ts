import type { LintFinding } from '../report';

/** Findings as an array of objects with the same keys, always all of them. */
export function formatJson(findings: readonly LintFinding[]): string {
  const rows = findings.map(({ code, severity, path, file, line, column, object, message, hint }) => ({
    ...{ code, severity, path, file, line, column, object, message, hint },
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}
