import { Bodies } from './bodies';
import type { Phase } from './comments';
import { type SqlFinding, sortSqlFindings } from './finding';
import { compareFlywayVersions } from './flyway';
import { type History, judgeFile, type Settings } from './judge';
import type { Parser } from './parser';
import { readFile, type SqlFile, type SqlSource, teller } from './read-file';
import { SchemaState } from './schema-state';

/** How to lint. */
export interface SqlLintOptions extends Settings {
  readonly phase?: Phase | undefined;
  /** What exists before the first file. */
  readonly schema?: SqlSource | undefined;
}

/** The default of `--server`, and of the catalog. */
export const DEFAULT_SERVER = 15;

/**
 * Lints files: those of one folder are one history, in Flyway's order; a file without a version stands for itself.
 */
export function lintSql(sources: readonly SqlSource[], options: SqlLintOptions, parser: Parser): readonly SqlFinding[] {
  const findings: SqlFinding[] = [];
  for (const files of historiesOf(sources, options, parser)) {
    const history = startOf(options, parser, findings);
    const applied = new Set(files.filter((file) => file.applied).map(({ path }) => path));
    const own = nameFindings(files);
    for (const file of files) own.push(...judgeFile(file, history, options));
    findings.push(...own.filter(({ path }) => !applied.has(path)));
  }
  return sortSqlFindings(findings);
}

/** The files of each history, in the order in which they run. */
export function historiesOf(
  sources: readonly SqlSource[],
  { phase }: Pick<SqlLintOptions, 'phase'>,
  parser: Parser,
): readonly (readonly SqlFile[])[] {
  const groups = new Map<string, SqlFile[]>();
  for (const source of sources) {
    const file = readFile(source, phase, parser);
    const { version, repeatable, service } = file.name;
    const key = version === undefined && !repeatable ? `file ${file.path}` : `service ${service}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [file]);
    else group.push(file);
  }
  return [...groups.values()].map((group) => group.sort(byVersion));
}

/** What is there before the first file: the schema that was given. */
export function startOf({ schema }: SqlLintOptions, parser: Parser, findings: SqlFinding[]): History {
  const history: History = { state: new SchemaState(), bodies: new Bodies() };
  if (schema === undefined) return history;
  const file = readFile(schema, undefined, parser);
  const fault = file.findings.find(({ code }) => code === 'SQL001' || code === 'SQL002');
  if (fault !== undefined) teller(schema.path, findings)('SQL016', fault, fault.message);
  for (const { located, body } of file.statements) {
    history.state.apply(located.statement, { file: '--schema', transaction: '--schema' });
    const { statement } = located;
    if (statement.kind === 'create-function') history.bodies.define(statement.name, statement.signature, body);
  }
  return history;
}

function byVersion({ name: a }: SqlFile, { name: b }: SqlFile): number {
  if (a.version === undefined || b.version === undefined)
    return Number(a.version === undefined) - Number(b.version === undefined) || (a.name < b.name ? -1 : 1);
  return compareFlywayVersions(a.version, b.version);
}

/** What is wrong with the names of a history's files. */
function nameFindings(files: readonly SqlFile[]): SqlFinding[] {
  const findings: SqlFinding[] = [];
  const place = { line: 1, column: 1 };
  for (const [i, { path, name }] of files.entries()) {
    const tell = teller(path, findings);
    const before = files[i - 1]?.name;
    if (name.folder !== '' && name.version === undefined && !name.repeatable)
      tell('SQL008', place, `Flyway passes over ${name.name}`);
    if (before?.version === undefined || name.version === undefined) continue;
    if (compareFlywayVersions(before.version, name.version) === 0)
      tell('SQL009', place, `${before.name} and ${name.name} have the same version`);
    const [from, to] = [before.version, name.version].map((one) => (/^\d+$/.test(one) ? Number(one) : undefined));
    if (from !== undefined && to !== undefined && to > from + 1 && to - from < 1000)
      tell('SQL010', place, `there is no version between ${from} and ${to}`);
  }
  return findings;
}
