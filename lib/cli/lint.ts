import * as fs from 'node:fs';
import { parseArgs } from 'node:util';
import type { OpenCatalog } from '../catalog/read';
import type { Service } from '../catalog/service';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { inCatalog, lintCatalog } from '../lint/catalog';
import { FORMATS, type Format, isFormat } from '../lint/format';
import { lintManifests } from '../lint/lint';
import { sortFindings } from '../lint/report';
import { readSources } from '../lint/sources';
import type { Charts } from './charts';
import { EXIT, guardedAsync } from './exit';
import { judgedOf, MigrationLinter } from './migration-linter';
import { orUsage, type Wrong, wordsOf } from './words';

export interface LintOptions {
  readonly arguments: readonly string[];
  readonly catalog: () => OpenCatalog;
  readonly outputDirectory: string;
  readonly charts: () => Charts;
  readonly linter: () => typeof import('../sql/linter');
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const USAGE = `usage: npm run lint -- [--format text|json|sarif|github] [path ...]
  Without a path: lints services.json, migrations/ and everything that they render, and writes nothing.
  With paths: lints the manifests in these files and folders; - is the standard input.
`;

/** Lints the catalog or given manifests; gives the exit code: 1 where there is an error. */
export function runLint(options: LintOptions): Promise<number> {
  return guardedAsync(options.err, async () => {
    const asked = orUsage(parse(options.arguments), USAGE, options);
    if (typeof asked === 'number') return asked;
    const findings = asked.paths.length === 0 ? await own(options) : given(asked.paths);
    options.out(FORMATS[asked.format](findings));
    return findings.some(({ severity }) => severity === 'error') ? EXIT.findings : EXIT.ok;
  });
}

/** The catalog, what it renders, and the migrations of its services. */
async function own({ catalog, charts, outputDirectory, linter }: LintOptions) {
  const services: Service[] = [];
  const findings = lintCatalog(catalog(), charts, outputDirectory, (service) => void services.push(service));
  const migrations = new MigrationLinter(linter, { directory: undefined, build: undefined });
  const told: Diagnostic[] = [];
  for (const { key, migrations: own } of services)
    told.push(...(await migrations.judge({ key, migrations: own && judgedOf(own) })).fresh);
  return sortFindings([...findings, ...told.map(inCatalog)]);
}

function given(paths: readonly string[]) {
  const { sources, findings } = readSources(paths, () => fs.readFileSync(0));
  // What could not be read is told; that there is nothing else is then no news.
  return sources.length === 0 && findings.length > 0
    ? findings
    : sortFindings([...findings, ...lintManifests(sources)]);
}

interface Asked {
  readonly format: Format;
  readonly paths: readonly string[];
}

const OPTIONS = { format: { type: 'string', default: 'text' }, help: { type: 'boolean', default: false } } as const;

/** What was asked; where that is not understood, the usage says it all. */
function parse(args: readonly string[]): Asked | Wrong | 'help' {
  const given = wordsOf(() => parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS }));
  if (typeof given === 'string') return { wrong: '' };
  const { values, positionals } = given;
  if (values.help) return 'help';
  return isFormat(values.format) ? { format: values.format, paths: positionals } : { wrong: '' };
}
