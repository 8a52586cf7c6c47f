import * as fs from 'node:fs';
import { parseArgs } from 'node:util';
import { formatGithub } from '../lint/format/github';
import { formatSarif } from '../lint/format/sarif';
import { formatText } from '../lint/format/text';
import type { LintFinding } from '../lint/report';
import { isPhase, type Phase } from '../sql/comments';
import { describeSqlCode } from '../sql/describe';
import type { SqlFinding } from '../sql/finding';
import { DEFAULT_SERVER, lintSql } from '../sql/lint';
import { loadParser } from '../sql/parser';
import { parseReleases, type Releases } from '../sql/releases';
import { readSqlSources } from '../sql/sources';
import { EXIT } from './exit';

const USAGE = `usage: npm run -s lint:sql -- [--phase expand|backfill|contract] [--server 13..18] [--schema prior.sql] [--no-transaction]
       [--releases releases.json] [--format text|json|sarif|github] [file|folder|- ...]
  Without a path: lints migrations/. - is the standard input.
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
}

/** Lints migrations; gives the exit code: 1 where there is an error, 64 where the command line is wrong. */
export async function runLintSql(args: readonly string[], { stdin, out, err }: LintSqlStreams): Promise<number> {
  try {
    const asked = parse(args);
    if (asked === 'help') {
      out(USAGE);
      return EXIT.ok;
    }
    if (typeof asked === 'string') {
      err(`${asked}\n${USAGE}`);
      return EXIT.usage;
    }
    const { sources, findings } = readSqlSources(asked.paths, stdin);
    const schema =
      asked.schema === undefined ? undefined : { path: asked.schema, bytes: fs.readFileSync(asked.schema) };
    const all = [...findings, ...lintSql(sources, { ...asked, schema }, await loadParser())];
    out(write(asked.format, all));
    return all.some(({ severity }) => severity === 'error') ? EXIT.findings : EXIT.ok;
  } catch (error) {
    err(`lint:sql failed in a way it did not expect: ${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env.CUTOVER_TRACE && error instanceof Error) err(`${error.stack ?? ''}\n`);
    return EXIT.crash;
  }
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
  format: { type: 'string', default: 'text' },
  help: { type: 'boolean', default: false },
} as const;

/** What was asked, or why it cannot be understood. */
function parse(args: readonly string[]): Asked | 'help' | string {
  let given: ReturnType<typeof read>;
  try {
    given = read(args);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { values, positionals } = given;
  if (values.help) return 'help';
  const format = FORMATS.find((one) => one === values.format);
  if (format === undefined) return `--format is one of ${FORMATS.join(', ')}`;
  if (values.phase !== undefined && !isPhase(values.phase)) return '--phase is one of expand, backfill, contract';
  const server = values.server === undefined ? DEFAULT_SERVER : Number(values.server);
  if (!Number.isInteger(server) || server < 13 || server > 18) return '--server is a version of PostgreSQL, 13 to 18';
  for (const file of [values.schema, values.releases])
    if (file !== undefined && !fs.statSync(file, { throwIfNoEntry: false })?.isFile())
      return `there is no file ${file}`;
  const releases = values.releases === undefined ? {} : parseReleases(fs.readFileSync(values.releases, 'utf8'));
  if (typeof releases === 'string') return `${values.releases}: ${releases}`;
  const paths = positionals.length === 0 ? ['migrations'] : positionals;
  return {
    paths,
    format,
    phase: values.phase,
    server,
    schema: values.schema,
    releases,
    transaction: !values['no-transaction'],
  };
}

const read = (args: readonly string[]) => parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
