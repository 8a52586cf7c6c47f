import type { Severity } from '../diagnostic/diagnostic';
import { compareText } from '../diagnostic/format';
import { INPUT_CODES, type InputCodeName } from './codes';

/** One finding of the linter, as `--format json` writes it. */
export interface LintFinding {
  readonly code: string;
  readonly severity: Severity;
  /** The dotted path in the object, or in the catalog. */
  readonly path: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `Rollout/web`; null where it is about a file, or the catalog. */
  readonly object: string | null;
  readonly message: string;
  readonly hint: string;
}

/** Where in a file. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A finding about what was given, rather than about an object in it. */
export function inputFinding(code: InputCodeName, place: Place, message: string, hint?: string): LintFinding {
  const known = INPUT_CODES[code];
  return { code, severity: known.severity, path: '', ...place, object: null, message, hint: hint ?? known.hint };
}

/** By file, then by place in it; each finding once. The order does not depend on the machine. */
export function sortFindings(findings: readonly LintFinding[]): readonly LintFinding[] {
  const unique = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...unique.values()].sort(
    (a, b) =>
      compareText(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compareText(a.code, b.code) ||
      compareText(a.path, b.path) ||
      compareText(a.message, b.message),
  );
}
