import * as fs from 'node:fs';
import { parseArgs } from 'node:util';
import { printable } from '../diagnostic/format';
import { formatGithub } from '../lint/format/github';
import { formatSarif } from '../lint/format/sarif';
import { formatText } from '../lint/format/text';
import type { LintFinding } from '../lint/report';
import { compareWithBase } from '../sql/base';
import { isPhase, type Phase } from '../sql/comments';
import { describeSqlCode } from '../sql/describe';
import { type SqlFinding, sortSqlFindings } from '../sql/finding';
import { applyFix, printFix } from '../sql/fix/apply';
import { fixSql } from '../sql/fix/fix';
import { DEFAULT_SERVER, lintSql } from '../sql/lint';
import { loadParser, type Parser } from '../sql/parser';
import type { SqlSource } from '../sql/read-file';
import { parseReleases, type Releases } from '../sql/releases';
import { readSqlSources } from '../sql/sources';
import { EXIT } from './exit';
import { baseSources } from './sql-base';
import { orUsage, type Wrong, wordsOf } from './words';

const USAGE = `usage: npm run -s lint:sql -- [--phase expand|backfill|contract] [--server 13..18] [--schema prior.sql] [--no-transaction]
       [--releases releases.json] [--base [ref]] [--fix] [--format text|json|sarif|github] [file|folder|- ...]
  Without a path: lints migrations/. - is the standard input.
  --base compares with where this branch left the main one, or <ref>: what was applied must not change.
  --fix writes what is mechanical, and says what it wrote; of the standard input it prints what it becomes.
`;

const FORMATS = ['text', 'json', 'sarif', 'github'] as const;
type Format = (typeof FORMATS)[number];

export interface LintSqlStreams {
  readonly stdin: () => Buffer;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

interface Asked {
  readonly paths: readonly string[];
  readonly format: Format;
  readonly phase: Phase | undefined;
  readonly server: number;
  readonly schema: string | undefined;
  readonly releases: Releases;
  readonly transaction: boolean;
  readonly fix: boolean;
  /** What git calls the base; '' is the main branch. */
  readonly base: string | undefined;
}

/** Lints migrations; gives the exit code: 1 where there is an error, 64 where the command line is wrong. */
export async function runLintSql(args: readonly string[], { stdin, out, err }: LintSqlStreams): Promise<number> {
  try {
    const asked = orUsage(parse(args), USAGE, { out, err });
    if (typeof asked === 'number') return asked;
    const { sources, findings } = readSqlSources(asked.paths, stdin);
    const schema =
      asked.schema === undefined ? undefined : { path: asked.schema, bytes: fs.readFileSync(asked.schema) };
    const base = asked.base === undefined ? [] : baseSources(asked.base, asked.paths);
    if (typeof base === 'string') {
      err(`--base: ${base}\n`);
      return EXIT.usage;
    }
    const parser = await loadParser();
    const options = { ...asked, schema };
    if (asked.fix && asked.paths.includes('-')) return printFixed(sources, options, parser, { out, err });
    const fixed = asked.fix ? fixFiles(sources, base, options, parser, err) : false;
    const left = fixed ? readSqlSources(asked.paths, stdin).sources : sources;
    const all = sortSqlFindings([...findings, ...compareWithBase(left, base), ...lintSql(left, options, parser)]);
    out(write(asked.format, all));
    return all.some(({ severity }) => severity === 'error') ? EXIT.findings : EXIT.ok;
  } catch (error) {
    err(`lint:sql failed in a way it did not expect: ${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env.CUTOVER_TRACE && error instanceof Error) err(`${error.stack ?? ''}\n`);
    return EXIT.crash;
  }
}

type Options = Parameters<typeof lintSql>[1];

const APPLIED = 'it may have been applied, and Flyway refuses a changed file';

/** Fixes files where they stand; gives whether anything was written. */
function fixFiles(
  sources: readonly SqlSource[],
  base: readonly SqlSource[],
  options: Options,
  parser: Parser,
  say: (text: string) => void,
): boolean {
  let written = false;
  const applied = new Set(base.map(({ path }) => path));
  for (const fix of fixSql(sources, options, parser)) {
    const done = fix.kind === 'refused' ? fix.why : applied.has(fix.path) ? APPLIED : applyFix(fix);
    const line = fix.kind === 'refused' ? fix.line : 1;
    if (typeof done === 'string') say(`not fixed ${printable(fix.path)}:${line}: ${printable(done)}\n`);
    else for (const one of done) say(`${printable(one)}\n`);
    written ||= typeof done !== 'string';
  }
  return written;
}

/** A text without a name gets one, so that what it becomes has versions. */
const STDIN_NAME = 'V1__change.sql';

/** Prints what the standard input becomes; unchanged where nothing is wrong, or it cannot be fixed. */
function printFixed(
  sources: readonly SqlSource[],
  options: Options,
  parser: Parser,
  { out, err }: Omit<LintSqlStreams, 'stdin'>,
): number {
  const named = sources.filter(({ path }) => path === '<stdin>').map((source) => ({ ...source, path: STDIN_NAME }));
  const [fix] = fixSql(named, options, parser);
  if (fix?.kind === 'fixed') out(printFix(fix));
  else for (const { bytes } of named) out(Buffer.from(bytes).toString());
  if (fix?.kind !== 'refused') return EXIT.ok;
  err(`not fixed <stdin>:${fix.line}: ${printable(fix.why)}\n`);
  return EXIT.findings;
}

function write(format: Format, findings: readonly SqlFinding[]): string {
  if (format === 'json') return `${JSON.stringify(findings, null, 2)}\n`;
  const rows: readonly LintFinding[] = findings.map(({ path, ...rest }) => ({
    ...rest,
    file: path,
    path: '',
    object: null,
  }));
  if (format === 'sarif') return formatSarif(rows, describeSqlCode);
  return format === 'github' ? formatGithub(rows) : formatText(rows);
}

const OPTIONS = {
  phase: { type: 'string' },
  server: { type: 'string' },
  schema: { type: 'string' },
  releases: { type: 'string' },
  'no-transaction': { type: 'boolean', default: false },
  base: { type: 'string' },
  fix: { type: 'boolean', default: false },
  format: { type: 'string', default: 'text' },
  help: { type: 'boolean', default: false },
} as const;

/** What was asked, or why it cannot be understood. */
function parse(args: readonly string[]): Asked | Wrong | 'help' {
  const given = wordsOf(() => read(args));
  if (typeof given === 'string') return { wrong: given };
  const { values, positionals } = given;
  if (values.help) return 'help';
  const format = FORMATS.find((one) => one === values.format);
  if (format === undefined) return { wrong: `--format is one of ${FORMATS.join(', ')}` };
  if (values.phase !== undefined && !isPhase(values.phase))
    return { wrong: '--phase is one of expand, backfill, contract' };
  const server = values.server === undefined ? DEFAULT_SERVER : Number(values.server);
  if (!Number.isInteger(server) || server < 13 || server > 18)
    return { wrong: '--server is a version of PostgreSQL, 13 to 18' };
  for (const file of [values.schema, values.releases])
    if (file !== undefined && !fs.statSync(file, { throwIfNoEntry: false })?.isFile())
      return { wrong: `there is no file ${file}` };
  const releases = values.releases === undefined ? {} : parseReleases(fs.readFileSync(values.releases, 'utf8'));
  if (typeof releases === 'string') return { wrong: `${values.releases}: ${releases}` };
  const paths = positionals.length === 0 ? ['migrations'] : positionals;
  return {
    paths,
    format,
    phase: values.phase,
    server,
    schema: values.schema,
    releases,
    transaction: !values['no-transaction'],
    fix: values.fix,
    base: values.base,
  };
}

/** `--base` at the end, or before another option, is that of the main branch. */
const read = (args: readonly string[]) =>
  parseArgs({
    args: args.map((one, i) => (one === '--base' && /^-./.test(args[i + 1] ?? '--') ? '--base=' : one)),
    allowPositionals: true,
    options: OPTIONS,
  });
