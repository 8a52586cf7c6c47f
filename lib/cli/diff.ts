import { parseArgs } from 'node:util';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { formatDiagnostics } from '../diagnostic/format';
import { type Comparison, compare } from '../diff/diff';
import { DIFF_FORMATS, type DiffFormat, isDiffFormat, type Write } from '../diff/format';
import { markdownFiles } from '../diff/format/markdown';
import { type InputFault, inputFault } from '../diff/input/fault';
import { readSides } from '../diff/input/read';
import { openSides } from '../diff/input/sides';
import type { SqlJudge } from '../sql/contracts';
import { EXIT, guardedAsync } from './exit';
import { orUsage, type Wrong, wordsOf } from './words';
import { writeFiles } from './write-files';

const USAGE = `usage: npm run -s diff -- [<before> [<after>]] [--format text|markdown|json|sarif|html] [--out <path>]
       [--fail-on error|warning]
  Each side is a folder, a file, a ref of git, or ref:path. Without <after>: dist in the working tree. Without both: dist against the
  commit in which this branch left the main one.
  --out writes to a file; with markdown to a folder, because the chart of a large change stands beside the document.
`;

export interface DiffStreams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether text may have colours. */
  readonly colour: boolean;
}

/** Says what the difference of two trees will do; gives the exit code: 1 where what is compared has a fault, or an effect is as bad as `--fail-on`. */
export function runDiff(args: readonly string[], { out, err, colour }: DiffStreams): Promise<number> {
  return guardedAsync(err, async () => {
    const asked = orUsage(parse(args), USAGE, { out, err });
    if (typeof asked === 'number') return asked;
    const sides = openSides(asked.before, asked.after);
    const comparison =
      'before' in sides
        ? await compare(readSides(sides), loadSqlJudge)
        : { changes: [], faults: sides, files: { total: 0, changed: 0 } };
    const wrong = show(comparison, asked, { out, colour });
    const { changes } = comparison;
    const faults = wrong === undefined ? comparison.faults : [...comparison.faults, wrong];
    err(formatDiagnostics(faults.map(toDiagnostic)));
    const bad = asked.failOn === undefined ? [] : asked.failOn === 'error' ? ['error'] : ['error', 'warning'];
    const failed = changes.some(({ effects }) => effects.some(({ severity }) => bad.includes(severity)));
    return failed || faults.some(({ severity }) => severity === 'error') ? EXIT.findings : EXIT.ok;
  });
}

/** Prints a comparison, or writes it where it was asked for; gives what is wrong with that place. */
function show(
  comparison: Comparison,
  { format, file }: Asked,
  { out, colour }: Omit<DiffStreams, 'err'>,
): InputFault | undefined {
  const write: Write = DIFF_FORMATS[format];
  if (file === undefined) {
    out(write(comparison, { colour }));
    return undefined;
  }
  const made = format === 'markdown' ? markdownFiles(comparison) : write(comparison, { colour: false });
  const written = writeFiles(made, format, file);
  if ('wrong' in written) return inputFault('DIF193', file, written.wrong);
  out(written.told);
  return undefined;
}

/** A chunk of its own (lib/cli/launch.cjs). */
const loadSqlJudge = (): Promise<SqlJudge> => {
  const contracts: typeof import('../sql/contracts') = require('../sql/contracts');
  return contracts.loadSqlJudge();
};

const toDiagnostic = ({ file, line, column, path, object, ...rest }: InputFault): Diagnostic => ({
  ...rest,
  path: object ?? (path || '(file)'),
  position: { file, line, column },
});

interface Asked {
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly format: DiffFormat;
  readonly failOn: 'error' | 'warning' | undefined;
  /** Where it is written to; undefined: to the standard output. */
  readonly file: string | undefined;
}

const OPTIONS = {
  format: { type: 'string', default: 'text' },
  'fail-on': { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** What was asked, or why it cannot be understood. */
function parse(args: readonly string[]): Asked | Wrong | 'help' {
  const given = wordsOf(() => read(args));
  if (typeof given === 'string') return { wrong: given };
  const { values, positionals } = given;
  if (values.help) return 'help';
  const { format, 'fail-on': failOn } = values;
  if (!isDiffFormat(format)) return { wrong: `--format is one of ${Object.keys(DIFF_FORMATS).join(', ')}` };
  if (failOn !== undefined && failOn !== 'error' && failOn !== 'warning')
    return { wrong: '--fail-on is one of error, warning' };
  if (positionals.length > 2) return { wrong: 'there are two sides: before and after' };
  return { before: positionals[0], after: positionals[1], format, failOn, file: values.out };
}

const read = (args: readonly string[]) => parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
