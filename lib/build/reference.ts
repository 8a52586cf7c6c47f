import type { Severity } from '../diagnostic/diagnostic';
import type { KubeObject } from '../manifest/object';
import { toYamlDocuments } from '../manifest/yaml';

export type CodeRow = readonly [code: string, severity: string, title: string];

/** A table of codes. */
export const codeTable = (rows: readonly CodeRow[]): string =>
  `| code | severity | what it says |\n|---|---|---|\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`;

/** A code that leads to why it is told. */
export const linked = ({ code, severity, title }: Pick<ReferenceRule, 'code' | 'severity' | 'title'>): CodeRow => [
  `[${code}](#${code.toLowerCase()})`,
  severity,
  title,
];

/** What the reference says of a rule. */
export interface ReferenceRule {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  readonly reason: string;
  readonly hint: string;
  readonly source: string;
  readonly kinds: readonly string[] | 'any';
}

/** Why a rule is told and what to do, with examples that are folded away. */
export function ruleSection(
  { code, severity, title, reason, hint, source, kinds }: ReferenceRule,
  summary: string,
  examples: string,
): string {
  const about = kinds === 'any' ? 'every object' : kinds.join(', ');
  return `### ${code}

${title}.

${reason}

- Severity: ${severity}; looked at: ${about}.
- Next: ${hint}.
- Source: ${source}.

<details><summary>${summary}</summary>

${examples}
</details>
`;
}

const LONGEST = 4000;

/** Objects as they stand in a file; what makes an example large is no news. */
export function exampleYaml(objects: readonly KubeObject[]): string {
  if (objects.length === 0) return 'Nothing.\n';
  const text = toYamlDocuments(objects, '')
    .replace(/^#.*\n/, '')
    .replace(/^---\n/, '');
  return text.length > LONGEST ? 'An object too large to show.\n' : `\`\`\`yaml\n${text}\`\`\`\n`;
}
