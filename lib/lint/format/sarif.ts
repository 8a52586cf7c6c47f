import type { Severity } from '../../diagnostic/diagnostic';
import type { LintFinding } from '../report';

/** What SARIF tells about a rule. */
export interface RuleDescription {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  readonly reason?: string;
  readonly hint: string;
}

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** Findings as a SARIF 2.1.0 log, which code scanning reads; only rules with a finding are described. */
export function formatSarif(findings: readonly LintFinding[], describe: (code: string) => RuleDescription): string {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Cutover', rules: codes.map((code) => toRule(describe(code))) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => toResult(finding, codes.indexOf(finding.code))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function toRule({ code, severity, title, reason, hint }: RuleDescription) {
  return {
    id: code,
    shortDescription: { text: title },
    ...(reason === undefined ? {} : { fullDescription: { text: reason } }),
    help: { text: hint },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function toResult({ code, severity, path, file, line, column, object, message, hint }: LintFinding, ruleIndex: number) {
  const logical = [object, path].filter(Boolean).join(' ');
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: hint === '' ? message : `${message}\n${hint}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          region: { startLine: line, startColumn: column },
        },
        ...(logical === '' ? {} : { logicalLocations: [{ fullyQualifiedName: logical }] }),
      },
    ],
  };
}

/** A relative path stays one; each of its segments is escaped. */
const uriOf = (file: string): string =>
  (file.startsWith('/') ? 'file://' : '') + file.split('/').map(encodeURIComponent).join('/');
