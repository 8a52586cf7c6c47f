import { parseArgs } from 'node:util';
import { explain } from '../catalog/explain';
import { readCatalog } from '../catalog/read';
import type { CatalogInput } from '../catalog/schema/catalog';
import { formatDiagnostics, printable } from '../diagnostic/format';
import { nearest } from '../diagnostic/nearest';
import { formatPath } from '../diagnostic/path';
import { EXIT, guarded } from './exit';
import { orUsage, type Wrong, wordsOf } from './words';

const USAGE = `usage: npm run catalog -- --service <service> --environment <environment> [--format text|json]
  Prints every value that holds for a service, each with where it came from.
`;

export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Prints the resolved catalog of one service in one environment; gives the exit code. */
export function runCatalog(args: readonly string[], catalogFile: string, { out, err }: Streams): number {
  return guarded(err, () => {
    const options = orUsage(parse(args), USAGE, { out, err });
    if (typeof options === 'number') return options;
    const { input, diagnostics } = readCatalog(catalogFile);
    err(formatDiagnostics(diagnostics));
    if (input === undefined) return EXIT.findings;
    const unknown = unknownName(input, options);
    if (unknown !== undefined) {
      err(unknown);
      return EXIT.findings;
    }
    const values = explain(input, options.environment, options.service);
    out(options.format === 'json' ? toJson(values) : toText(values));
    return diagnostics.some((d) => d.severity === 'error') ? EXIT.findings : EXIT.ok;
  });
}

interface Options {
  readonly service: string;
  readonly environment: string;
  readonly format: 'text' | 'json';
}

const OPTIONS = {
  service: { type: 'string' },
  environment: { type: 'string' },
  format: { type: 'string', default: 'text' },
  help: { type: 'boolean', default: false },
} as const;

/** What was asked; where that is not understood, the usage says it all. */
function parse(args: readonly string[]): Options | Wrong | 'help' {
  const given = wordsOf(() => parseArgs({ args: [...args], options: OPTIONS }).values);
  if (typeof given === 'string') return { wrong: '' };
  const { service, environment, format, help } = given;
  if (help) return 'help';
  if (service === undefined || environment === undefined || (format !== 'text' && format !== 'json'))
    return { wrong: '' };
  return { service, environment, format };
}

function unknownName(input: CatalogInput, { service, environment }: Options): string | undefined {
  for (const [what, name, known] of [
    ['service', service, Object.keys(input.services ?? {})],
    ['environment', environment, Object.keys(input.environments ?? {})],
  ] as const) {
    if (known.includes(name)) continue;
    const meant = nearest(name, known);
    const hint = meant === undefined ? `there are: ${known.join(', ')}` : `did you mean "${meant}"?`;
    return `${printable(`there is no ${what} "${name}"; ${hint}`)}\n`;
  }
  return undefined;
}

type Values = ReturnType<typeof explain>;

const fromText = (from: Values[number]['from']): string => (from === null ? 'built-in default' : formatPath(from));

function toText(values: Values): string {
  const path = Math.max(...values.map((one) => one.path.length));
  return values
    .map((one) => `${printable(`${one.path.padEnd(path)} = ${JSON.stringify(one.value)}  # ${fromText(one.from)}`)}\n`)
    .join('');
}

function toJson(values: Values): string {
  const shown = values.map(({ path, value, from }) => ({ path, value, from: from === null ? null : formatPath(from) }));
  return `${JSON.stringify(shown, null, 2)}\n`;
}
