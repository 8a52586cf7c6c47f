import * as fs from 'node:fs';
import { parseArgs } from 'node:util';
import { readCatalog } from '../catalog/read';
import type { Release } from '../catalog/service';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { formatDiagnostics, printable } from '../diagnostic/format';
import { nearest } from '../diagnostic/nearest';
import type { Cleanup } from '../rehearse/cleanup';
import { DRILLS } from '../rehearse/drills';
import { type RehearsalOptions, rehearse } from '../rehearse/rehearse';
import { toHtml } from '../rehearse/report/html';
import type { RehearsalReport } from '../rehearse/report/report';
import { toText } from '../rehearse/report/text';
import { EXIT } from './exit';
import { orUsage, type Wrong, wordsOf } from './words';

const USAGE = `usage: npm run -s migrate:rehearse -- [--service <name>] [--environment <name>] [--rows 100000] [--from <migration>]
       [--max-wait-ms 1000] [--timeout-seconds 300] [--clients 2] [--drills all|none|<name>,...]
       [--format text|json|html] [--out <file>]
  Runs the migrations on a real PostgreSQL that is thrown away, one by one, with the statements of the versions beside them.
`;

const FORMATS = ['text', 'json', 'html'] as const;
type Format = (typeof FORMATS)[number];

export interface RehearseStreams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether somebody looks at what goes to `err`. */
  readonly watched: boolean;
}

interface Asked {
  readonly service: string | undefined;
  readonly environment: string | undefined;
  readonly format: Format;
  readonly out: string | undefined;
  readonly rehearsal: Pick<RehearsalOptions, 'rows' | 'from' | 'maxWaitMs' | 'timeoutSeconds' | 'clients' | 'drills'>;
}

/** Rehearses migrations; gives the exit code: 1 where the verdict or the catalog is bad, 64 where the command line is wrong. */
export async function runRehearse(
  args: readonly string[],
  catalogFile: string,
  { out, err, watched }: RehearseStreams,
  cleanup: Cleanup,
): Promise<number> {
  try {
    const asked = orUsage(parse(args), USAGE, { out, err });
    if (typeof asked === 'number') return asked;
    const { releases, diagnostics } = readCatalog(catalogFile);
    if (diagnostics.some(({ severity }) => severity === 'error')) {
      err(formatDiagnostics(diagnostics));
      return EXIT.findings;
    }
    const chosen = choose(releases, asked);
    if (typeof chosen === 'string') {
      err(`${printable(chosen)}\n`);
      return EXIT.findings;
    }
    const progress = (what: string): void => (watched ? err(`\r\u001b[K${printable(what)}`) : undefined);
    const report = await rehearse({ ...chosen, ...asked.rehearsal, databaseUrl: databaseUrl(), progress }, cleanup);
    if (watched) err('\r\u001b[K');
    return tell(report, asked, out);
  } catch (error) {
    // A signal has ended it: the server is being taken away.
    if (cleanup.begun) return EXIT.crash;
    err(
      `migrate:rehearse failed in a way it did not expect: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    if (process.env.CUTOVER_TRACE && error instanceof Error) err(`${error.stack ?? ''}\n`);
    return EXIT.crash;
  } finally {
    await cleanup.run();
  }
}

const databaseUrl = (): string | undefined => (process.env.DATABASE_URL === '' ? undefined : process.env.DATABASE_URL);

function tell(
  report: RehearsalReport | readonly Diagnostic[],
  { format, out: file }: Asked,
  out: (text: string) => void,
) {
  const text = 'verdict' in report ? write(format, report) : formatDiagnostics(report);
  if (file === undefined) out(text);
  else fs.writeFileSync(file, text);
  return 'verdict' in report && report.verdict === 'passed' ? EXIT.ok : EXIT.findings;
}

function write(format: Format, report: RehearsalReport): string {
  if (format === 'json') return `${JSON.stringify(report, null, 2)}\n`;
  return format === 'html' ? toHtml(report) : toText(report);
}

type Chosen = Pick<RehearsalOptions, 'service' | 'environment' | 'migrations' | 'productionHosts'>;

/** The service and environment that are meant, or why that cannot be told. Without a name it is the first that has migrations. */
function choose(releases: readonly Release[], { service, environment }: Asked): Chosen | string {
  const environments = releases.map((release) => release.environment.name);
  const services = [
    ...new Set(
      releases.flatMap((release) =>
        release.services.filter((one) => one.migrations !== undefined).map(({ key }) => key),
      ),
    ),
  ];
  if (services.length === 0) return 'no service has migrations';
  if (environment !== undefined && !environments.includes(environment))
    return unknown('environment', environment, environments);
  if (service !== undefined && !services.includes(service))
    return unknown('service with migrations', service, services);
  const productionHosts = releases.flatMap((release) =>
    release.services.flatMap(({ migrations }) => (migrations === undefined ? [] : [migrations.database.host])),
  );
  const wanted = service ?? services[0];
  for (const release of releases) {
    if (environment !== undefined && release.environment.name !== environment) continue;
    const found = release.services.find(({ key }) => key === wanted);
    if (found?.migrations === undefined) continue;
    return {
      service: found.key,
      environment: release.environment.name,
      migrations: found.migrations,
      productionHosts,
    };
  }
  return `service ${wanted} has no migrations in ${environment}`;
}

function unknown(what: string, name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return `there is no ${what} "${name}"; ${meant === undefined ? `there are: ${known.join(', ')}` : `did you mean "${meant}"?`}`;
}

const OPTIONS = {
  service: { type: 'string' },
  environment: { type: 'string' },
  rows: { type: 'string', default: '100000' },
  from: { type: 'string' },
  'max-wait-ms': { type: 'string', default: '1000' },
  'timeout-seconds': { type: 'string', default: '300' },
  clients: { type: 'string', default: '2' },
  drills: { type: 'string', default: 'all' },
  format: { type: 'string', default: 'text' },
  out: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const DRILL_NAMES = DRILLS.map(({ name }) => name);

/** The drills by name, or what is wrong with the list. */
function drillsOf(list: string): readonly string[] | string {
  if (list === 'all') return DRILL_NAMES;
  if (list === 'none') return [];
  const names = list.split(',');
  const unknown = names.find((name) => !DRILL_NAMES.includes(name));
  return unknown === undefined ? names : `--drills is all, none, or some of ${DRILL_NAMES.join(', ')}`;
}

const LIMITS = {
  rows: [0, 100_000_000],
  'max-wait-ms': [1, 3_600_000],
  'timeout-seconds': [1, 86_400],
  clients: [1, 50],
} as const;

const read = (args: readonly string[]) => parseArgs({ args: [...args], options: OPTIONS });

/** What was asked, or why it cannot be understood. */
function parse(args: readonly string[]): Asked | Wrong | 'help' {
  const values = wordsOf(() => read(args).values);
  if (typeof values === 'string') return { wrong: values };
  if (values.help) return 'help';
  for (const [name, [least, most]] of Object.entries(LIMITS)) {
    const given = Number(values[name as keyof typeof LIMITS]);
    if (!Number.isInteger(given) || given < least || given > most)
      return { wrong: `--${name} is a whole number from ${least} to ${most}` };
  }
  const format = FORMATS.find((one) => one === values.format);
  if (format === undefined) return { wrong: `--format is one of ${FORMATS.join(', ')}` };
  const drills = drillsOf(values.drills);
  if (typeof drills === 'string') return { wrong: drills };
  return {
    service: values.service,
    environment: values.environment,
    format,
    out: values.out,
    rehearsal: {
      rows: Number(values.rows),
      from: values.from,
      maxWaitMs: Number(values['max-wait-ms']),
      timeoutSeconds: Number(values['timeout-seconds']),
      clients: Number(values.clients),
      drills,
    },
  };
}
