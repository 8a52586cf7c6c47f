import type { SqlFinding } from '../../lib/sql/finding';
import { lintSql } from '../../lib/sql/lint';
import { loadParser, type Parser } from '../../lib/sql/parser';
import type { Example } from '../../lib/sql/rule';

/** The parser, once it has been loaded. */
export const parser: Promise<Parser> = loadParser();

/** Lints one text as the command does. */
export async function lint(
  example: Example & { readonly path?: string; readonly conf?: string },
): Promise<readonly SqlFinding[]> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const { sql, phase, schema, server = 15, transaction = true, releases = {}, path = 'x.sql', conf } = example;
  const prior = schema === undefined ? undefined : { path: 'schema.sql', bytes: bytes(schema) };
  const source = { path, bytes: bytes(sql), ...(conf !== undefined && { conf }) };
  return lintSql([source], { phase, schema: prior, server, transaction, releases }, await parser);
}

/** Codes of what is worse than an info. */
export const told = (findings: readonly SqlFinding[]): readonly string[] => [
  ...new Set(findings.filter(({ severity }) => severity !== 'info').map(({ code }) => code)),
];
