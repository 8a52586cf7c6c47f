import type { SqlFinding } from './finding';
import { lintSql, type SqlLintOptions } from './lint';
import { loadParser } from './parser';
import type { SqlSource } from './read-file';

/** Lints migrations; what synth loads where there are some that it has not judged before. */
export type Linter = (sources: readonly SqlSource[], options: SqlLintOptions) => readonly SqlFinding[];

/** Loads the parser and all rules: a tenth of a second. */
export async function loadLinter(): Promise<Linter> {
  const parser = await loadParser();
  return (sources, options) => lintSql(sources, options, parser);
}
