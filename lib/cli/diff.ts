import { parseArgs } from 'node:util';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { formatDiagnostics } from '../diagnostic/format';
import { compare } from '../diff/diff';
import { DIFF_FORMATS, type DiffFormat, isDiffFormat, type Write } from '../diff/format';
import type { InputFault } from '../diff/input/fault';
import { readSides } from '../diff/input/read';
import { openSides } from '../diff/input/sides';
import type { SqlJudge } from '../sql/contracts';
import { EXIT, guardedAsync } from './exit';
import { orUsage, type Wrong, wordsOf } from './words';

const USAGE = `usage: npm run -s diff -- [<before> [<after>]] [--format text|markdown|json|sarif] [--fail-on error|warning]
  Each side is a folder, a file, a ref of git, or ref:path. Without <after>: dist in the working tree. Without both: dist against the
  commit in which this branch left the main one.
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
    const write: Write = DIFF_FORMATS[asked.format];
    out(write(comparison, { colour }));
    const { changes, faults } = comparison;
    err(formatDiagnostics(faults.map(toDiagnostic)));
    const bad = asked.failOn === undefined ? [] : asked.failOn === 'error' ? ['error'] : ['error', 'warning'];
    const failed = changes.some(({ effects }) => effects.some(({ severity }) => bad.includes(severity)));
    return failed || faults.some(({ severity }) => severity === 'error') ? EXIT.findings : EXIT.ok;
  });
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
}

const OPTIONS = {
  format: { type: 'string', default: 'text' },
  'fail-on': { type: 'string' },
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
  return { before: positionals[0], after: positionals[1], format, failOn };
}

const read = (args: readonly string[]) => parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
