import { SQL_CODES } from '../sql/codes';
import type { Example } from '../sql/rule';
import { SQL_RULES } from '../sql/rules';
import { codeTable } from './reference';

/** The reference of all rules of `npm run lint:sql`, from their registry. */
export function sqlRulesReference(): string {
  const details = SQL_RULES.map(
    (rule) =>
      `### ${rule.code}\n\n${rule.title}.\n\n${rule.reason}.\n\n- Next: ${rule.hint}.\n- Source: <${rule.source}>.\n- Found: ${shown(rule.bad)}\n- Accepted: ${shown(rule.good)}\n`,
  ).join('\n');
  return `<!-- Generated from lib/sql/rules by \`npm run generate\`. Do not edit. -->
# Rules of migrations

What \`npm run lint:sql\` tells. A code never changes its meaning. See [How to lint migrations](../how-to/lint-sql.md).

## Files

${codeTable(Object.entries(SQL_CODES).map(([code, { severity, title }]) => [code, severity, title]))}
## Statements

${codeTable(SQL_RULES.map(({ code, severity, title }) => [code, severity, title]))}
${details}`;
}

const shown = (examples: readonly Example[]): string =>
  examples
    .map(({ sql, phase, server, transaction, schema, releases }) => {
      const notes = [
        phase && `in ${phase}`,
        server && `on ${server}`,
        transaction === false && 'without a transaction',
        schema && 'with a schema',
        releases && 'with releases',
      ].filter(Boolean);
      return `\`${sql}\`${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
    })
    .join('; ');
