import type { Severity } from '../diagnostic/diagnostic';
import { compareText } from '../diagnostic/format';

/** One finding, as `--format json` writes it. */
export interface SqlFinding {
  readonly code: string;
  readonly severity: Severity;
  /** The file, as it was named. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint: string;
}

/** By file, then by place in it; each finding once. The order does not depend on the machine. */
export function sortSqlFindings(findings: readonly SqlFinding[]): readonly SqlFinding[] {
  const unique = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...unique.values()].sort(
    (a, b) =>
      compareText(a.path, b.path) ||
      a.line - b.line ||
      a.column - b.column ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message),
  );
}
