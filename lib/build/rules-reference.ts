import { CATALOG_CODES } from '../catalog/codes';
import { TREE_CODES } from '../files/fault';
import { SCHEMA_RULE } from '../manifest/check';
import { MANIFEST_RULES } from '../manifest/rules';

/** The reference of all codes, from the registries. */
export function rulesReference(): string {
  const rows = (rules: readonly (readonly [code: string, severity: string, title: string])[]) =>
    rules.map(([code, severity, title]) => `| ${code} | ${severity} | ${title} |`).join('\n');
  const table = (rules: readonly (readonly [string, string, string])[]) =>
    `| code | severity | what it says |\n|---|---|---|\n${rows(rules)}\n`;
  const details = MANIFEST_RULES.map(
    (rule) =>
      `### ${rule.code}\n\n${rule.title}.\n\n${rule.reason}\n\n- Next: ${rule.hint}.\n- Source: ${rule.source}.\n`,
  ).join('\n');
  return `<!-- Generated from the registries of rules by \`npm run generate\`. Do not edit. -->
# Rules

Every finding has a code, which never changes its meaning. An error stops the run before anything is written; a warning does not.

## The catalog

${table(Object.entries(CATALOG_CODES).map(([code, { severity, title }]) => [code, severity, title]))}
## Rendered objects

${table([[SCHEMA_RULE.code, SCHEMA_RULE.severity, SCHEMA_RULE.title], ...MANIFEST_RULES.map(({ code, severity, title }) => [code, severity, title] as const)])}
${details}
## Writing dist/

${table(Object.entries(TREE_CODES).map(([code, title]) => [code, 'error', title]))}`;
}
