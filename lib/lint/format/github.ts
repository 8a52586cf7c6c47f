import type { Severity } from '../../diagnostic/diagnostic';
import type { LintFinding } from '../report';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** Findings as workflow commands, which GitHub Actions shows as annotations at the lines of a pull request. */
export function formatGithub(findings: readonly LintFinding[]): string {
  return findings
    .map(({ code, severity, path, file, line, column, object, message, hint }) => {
      const properties = [
        `file=${escapeProperty(file)}`,
        `line=${line}`,
        `col=${column}`,
        `title=${escapeProperty([code, object, path].filter(Boolean).join(' '))}`,
      ].join(',');
      const text = hint === '' ? message : `${message}\nhint: ${hint}`;
      return `::${COMMANDS[severity]} ${properties}::${escapeData(text)}\n`;
    })
    .join('');
}

/** As actions/toolkit, packages/core/src/command.ts. */
const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
