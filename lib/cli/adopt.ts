import * as fs from 'node:fs';
import { parseArgs } from 'node:util';
import { parse as parseJson } from 'jsonc-parser';
import { type Adopted, adopt } from '../adopt/adopt';
import { ADOPT_CODES } from '../adopt/codes';
import { stepsOf } from '../adopt/steps';
import { written } from '../adopt/write';
import { printable } from '../diagnostic/format';
import { formatText } from '../lint/format/text';
import { objectsOf } from '../lint/objects';
import { parseSource } from '../lint/parse';
import { type LintFinding, sortFindings } from '../lint/report';
import { readSources } from '../lint/sources';
import { textAt } from '../manifest/object';
import { EXIT, guarded } from './exit';
import { orUsage, type Wrong, wordsOf } from './words';

const CATALOG = 'services.json';

const USAGE = `usage: npm run -s adopt -- [--write] [--environment <name>] [--format text|json] <file|folder|-> ...
  Makes a catalog entry of each Deployment among the manifests, with what belongs to it. The entry goes to the standard output, or with
  --write into services.json; what it does not carry over, and the steps to change over, to the standard error. - is the standard input:
  kubectl get deploy,svc,hpa,ingress,virtualservice,destinationrule,configmap -o yaml | npm run -s adopt -- -
`;

export interface AdoptStreams {
  readonly stdin: () => Buffer;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

interface Asked {
  readonly paths: readonly string[];
  readonly write: boolean;
  readonly environment: string | undefined;
  readonly json: boolean;
}

/** Adopts what runs; gives the exit code: 1 where there is nothing to adopt or it cannot be written, 64 where the command line is wrong. */
export function runAdopt(args: readonly string[], streams: AdoptStreams): number {
  return guarded(streams.err, () => {
    const asked = orUsage(parse(args), USAGE, streams);
    if (typeof asked === 'number') return asked;
    const { adoptions, findings } = read(asked, streams);
    const failed = findings.some(({ severity }) => severity === 'error');
    if (!failed && asked.write) {
      const text = written(fs.readFileSync(CATALOG, 'utf8'), adoptions, asked.environment);
      if (typeof text !== 'string') {
        streams.err(`${printable(text.why)}\n`);
        return EXIT.findings;
      }
      fs.writeFileSync(CATALOG, text);
    }
    tell({ adoptions, findings }, asked, streams);
    return failed ? EXIT.findings : EXIT.ok;
  });
}

/** The namespace of objects that name none: that of the environment that was asked for, else what kubectl would take. */
function namespaceOf({ environment }: Asked): string {
  if (environment === undefined || !fs.existsSync(CATALOG)) return 'default';
  return textAt(parseJson(fs.readFileSync(CATALOG, 'utf8')), `environments.${environment}.namespace`) ?? 'default';
}

function read(asked: Asked, { stdin }: AdoptStreams): Adopted {
  const { paths } = asked;
  const { sources, findings } = readSources(paths, stdin);
  const parsed = sources.map((source) => ({ source, ...parseSource(source) }));
  const given = parsed.flatMap(({ source, documents }) =>
    documents.map((document) => objectsOf(source.file, document)),
  );
  const adopted = adopt(
    given.flatMap(({ objects }) => objects),
    namespaceOf(asked),
  );
  const all = [
    ...findings,
    ...parsed.flatMap((one) => one.findings),
    ...given.flatMap((one) => one.findings),
    ...adopted.findings,
    ...(adopted.adoptions.length === 0 && adopted.findings.every(({ code }) => code !== 'ADO002')
      ? [nothing(paths)]
      : []),
  ];
  return { adoptions: adopted.adoptions, findings: sortFindings(all) };
}

function nothing(paths: readonly string[]): LintFinding {
  const { severity, hint, title } = ADOPT_CODES.ADO001;
  return {
    code: 'ADO001',
    severity,
    path: '',
    file: paths[0] ?? '-',
    line: 1,
    column: 1,
    object: null,
    message: title,
    hint,
  };
}

function tell({ adoptions, findings }: Adopted, { json, write }: Asked, { out, err }: AdoptStreams): void {
  const services = Object.fromEntries(adoptions.map(({ key, settings }) => [key, settings]));
  const versions = Object.fromEntries(adoptions.map(({ key, version }) => [key, version]));
  const steps = Object.fromEntries(adoptions.map((adoption) => [adoption.key, stepsOf(adoption)]));
  if (json) {
    out(`${JSON.stringify({ services, versions, findings, steps }, null, 2)}\n`);
    return;
  }
  if (!write && adoptions.length > 0) out(`${JSON.stringify({ services, versions }, null, 2)}\n`);
  if (findings.length > 0) err(`Not carried over, or not as it is:\n${formatText(findings)}\n`);
  for (const [key, list] of Object.entries(steps)) {
    const words = list.map(
      ({ what, commands }, i) => `${i + 1}. ${what}\n${commands.map((one) => `     ${one}\n`).join('')}`,
    );
    err(`To change over to ${key}:\n${words.join('')}`);
  }
}

const OPTIONS = {
  write: { type: 'boolean', default: false },
  environment: { type: 'string' },
  format: { type: 'string', default: 'text' },
  help: { type: 'boolean', default: false },
} as const;

/** What was asked, or why it cannot be understood. */
function parse(args: readonly string[]): Asked | Wrong | 'help' {
  const given = wordsOf(() => parsed(args));
  if (typeof given === 'string') return { wrong: given };
  const { values, positionals } = given;
  if (values.help) return 'help';
  if (values.format !== 'text' && values.format !== 'json') return { wrong: '--format is one of text, json' };
  if (positionals.length === 0) return { wrong: 'name the manifests of what runs, or - for the standard input' };
  return { paths: positionals, write: values.write, environment: values.environment, json: values.format === 'json' };
}

const parsed = (args: readonly string[]) => parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
