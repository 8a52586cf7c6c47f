import { DIFF_CODES } from '../diff/codes';
import type { DiffRule } from '../diff/rule';
import { DIFF_RULES } from '../diff/rules';
import { codeTable, exampleYaml, linked, ruleSection } from './reference';

/** The reference of what `npm run diff` tells, from the registry of its rules. */
export function diffRulesReference(): string {
  return `<!-- Generated from lib/diff/rules by \`npm run generate\`. Do not edit. -->
# What a change does

What \`npm run diff\` tells. A code never changes its meaning. How to [review a pull request](../how-to/review-a-pull-request.md) with it.

An **error** breaks the service, fails the sync or loses data; a **warning** is for a person to look at; an **info** says what happens.

## Effects

${codeTable(DIFF_RULES.map(linked))}
## What is compared

${codeTable(Object.entries(DIFF_CODES).map(([code, { severity, title }]) => [code, severity, title]))}
${PATHS}
## Why, and examples

${DIFF_RULES.map(details).join('\n')}`;
}

const PATHS = `## Paths

A path leads from the root of an object: fields behind dots, odd keys in quotes (\`metadata.annotations["a.b/c"]\`), items of lists in
brackets. The root is \`(root)\`.

* An item with a key is told by it: \`[name=web]\`, or several fields, \`[containerPort=80,protocol=TCP]\`; a field of a field has a dot,
  \`[destination.subset=canary]\`. A value that is no plain word is quoted. Keys are the names of the items where each has one of its own,
  else what the schema of the kind says (\`x-kubernetes-list-map-keys\`), else a field in which all items differ.
* Any other item is told by its position from 0: \`steps[2]\`. It is the position after the change; of what was removed, before it.
  \`otherPath\` is the same place on the other side where it is called otherwise there.
* Of a move (\`"moved": true\`) \`before\` and \`after\` are positions in the list. An added item with a key has its position as \`index\`.
* \`before\` is null for what was added, \`after\` for what was removed. \`idle\` says why a field does nothing: \`order\`, \`quantity\`,
  \`default\` or \`ignored\`. What stands in a Secret is shown as \`(hidden)\`.
`;

function details(rule: DiffRule): string {
  const [example] = rule.examples().has;
  const { before = [], after = [] } = example ?? {};
  return ruleSection(rule, 'Example', `Before:\n\n${exampleYaml(before)}\nAfter:\n\n${exampleYaml(after)}`);
}
