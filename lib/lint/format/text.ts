import type { Diagnostic } from '../../diagnostic/diagnostic';
import { formatDiagnostics } from '../../diagnostic/format';
import type { LintFinding } from '../report';

/** Findings for a terminal, and how many there are. */
export function formatText(findings: readonly LintFinding[]): string {
  const count = (severity: LintFinding['severity']) => findings.filter((one) => one.severity === severity).length;
  const told = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
  return `${formatDiagnostics(findings.map(toDiagnostic))}${told(count('error'), 'error')}, ${told(count('warning'), 'warning')}\n`;
}

function toDiagnostic({ code, severity, path, file, line, column, object, message, hint }: LintFinding): Diagnostic {
  const where = [object, path].filter(Boolean).join(' ');
  return {
    code,
    severity,
    path: where === '' ? '(file)' : where,
    message,
    ...(hint === '' ? {} : { hint }),
    position: { file, line, column },
  };
}
