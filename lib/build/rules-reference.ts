import { ADOPT_CODES } from '../adopt/codes';
import { CATALOG_CODES } from '../catalog/codes';
import { TREE_CODES } from '../files/fault';
import { INPUT_CODES } from '../lint/codes';
import { SCHEMA_RULE } from '../manifest/check';
import { IGNORE_ANNOTATION, IGNORE_CODES } from '../manifest/ignore';
import type { ManifestRule } from '../manifest/rule';
import { MANIFEST_RULES } from '../manifest/rules';
import { PLAN_CODES } from '../plan/codes';
import { REHEARSAL_CODES } from '../rehearse/codes';
import { RELEASE_CODES } from '../release/codes';
import { REASONS } from '../release/reasons';
import { codeTable, exampleYaml, linked, ruleSection } from './reference';

/** The reference of all codes, from the registries. */
export function rulesReference(): string {
  const rules = [...MANIFEST_RULES].sort((a, b) => (a.code < b.code ? -1 : 1));
  return `<!-- Generated from the registries of rules by \`npm run generate\`. Do not edit. -->
# Rules

Every finding has a code, which never changes its meaning. An error stops \`npm run synth\` before anything is written, and makes
\`npm run lint\` exit with 1; a warning does neither. How to [lint manifests that others wrote](how-to/lint.md), how to [add a
rule](how-to/extend.md).

## The catalog

${codeTable(Object.entries(CATALOG_CODES).map(([code, { severity, title }]) => [code, severity, title]))}
## Objects

An object ignores a finding of its own with the annotation \`${IGNORE_ANNOTATION}: "<code>: <reason>"\`, one for each line.

${codeTable([SCHEMA_RULE, ...rules].map(linked))}
## What the linter is given

${codeTable(Object.entries({ ...INPUT_CODES, ...IGNORE_CODES }).map(([code, { severity, title }]) => [code, severity, title]))}
## What was adopted

\`npm run adopt\` tells of everything that a catalog entry cannot say ([how](how-to/adopt.md)).

${codeTable(Object.entries(ADOPT_CODES).map(([code, { severity, title }]) => [code, severity, title]))}
## Asking for a plan

${codeTable(Object.entries(PLAN_CODES).map(([code, { severity, title }]) => [code, severity, title]))}
## A release in flight

What \`npm run release\` tells ([how to watch a release](how-to/watch-a-release.md)). What holds a release up is a note, or stuck where
it goes no further until somebody acts.

${codeTable(Object.entries(RELEASE_CODES).map(([code, title]) => [code, severityOf(code), title]))}
## Writing dist/

${codeTable(Object.entries(TREE_CODES).map(([code, title]) => [code, 'error', title]))}
## Rehearsing migrations

What \`npm run migrate:rehearse\` tells; how to [rehearse a migration](how-to/rehearse-a-migration.md).

${codeTable(Object.entries(REHEARSAL_CODES).map(([code, { severity, title }]) => [code, severity, title]))}
## Why, and examples

### ${SCHEMA_RULE.code}

${SCHEMA_RULE.title}.

${SCHEMA_RULE.reason}

- Next: ${SCHEMA_RULE.hint}.
- Source: ${SCHEMA_RULE.source}.

${rules.map(details).join('\n')}`;
}

const HOLDS = new Set<string>(Object.values(REASONS));

const severityOf = (code: string): string => (HOLDS.has(code) ? 'note or stuck' : 'error');

function details(rule: ManifestRule): string {
  const { bad, good } = rule.examples();
  const [refused] = bad;
  const shown = [
    ...(refused === undefined
      ? []
      : [`Found at ${refused.paths.map((path) => `\`${path}\``).join(' and ')}:\n\n${exampleYaml(refused.objects)}`]),
    ...good.slice(0, 1).map((objects) => `Nothing to find:\n\n${exampleYaml(objects)}`),
  ].join('\n');
  return ruleSection(rule, 'Examples', shown);
}
