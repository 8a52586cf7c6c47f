import * as fs from 'node:fs';
import * as path from 'node:path';
import { compareText } from '../diagnostic/format';
import { inputFinding, type LintFinding } from './report';

/** The text of one file that was given. */
export interface Source {
  /** As it was named, with `/`. */
  readonly file: string;
  readonly text: string;
}

/** What stands for the standard input among the paths. */
export const STDIN = '-';

const MANIFEST = /\.(ya?ml|json)$/i;
const LARGEST_BYTES = 10 * 1024 * 1024;
const SKIPPED_FOLDERS: readonly string[] = ['node_modules'];

/** Reads what was given: files as they are, folders with every manifest below them, `-` from the standard input. */
export function readSources(
  paths: readonly string[],
  readStdin: () => Buffer,
): { readonly sources: readonly Source[]; readonly findings: readonly LintFinding[] } {
  const sources: Source[] = [];
  const findings: LintFinding[] = [];
  const seen = new Set<string>();
  const read = (file: string, bytes: () => Buffer): void => {
    const result = textOf(file, bytes);
    if (typeof result === 'string') sources.push({ file, text: result });
    else findings.push(result);
  };
  const refuse = (file: string, error: unknown): void => {
    const told = error instanceof Error ? error.message : String(error);
    findings.push(inputFinding('LINT001', start(file), `${file} cannot be read: ${told}`));
  };
  const visit = (given: string, named: boolean): void => {
    try {
      const real = fs.realpathSync(given);
      if (seen.has(real)) return;
      seen.add(real);
      const stat = fs.statSync(real);
      if (stat.isDirectory()) {
        for (const name of fs.readdirSync(given).sort(compareText)) {
          if (!name.startsWith('.') && !SKIPPED_FOLDERS.includes(name)) visit(path.join(given, name), false);
        }
      } else if (stat.isFile() && (named || MANIFEST.test(given))) {
        const file = shown(given);
        if (stat.size > LARGEST_BYTES) findings.push(tooLarge(file, stat.size));
        else read(file, () => fs.readFileSync(real));
      } else if (named) refuse(shown(given), 'it is neither a file nor a folder');
    } catch (error) {
      refuse(shown(given), error);
    }
  };
  for (const given of paths) {
    if (given === STDIN) read('<stdin>', readStdin);
    else visit(given, true);
  }
  return { sources, findings };
}

const start = (file: string) => ({ file, line: 1, column: 1 });

const shown = (file: string): string => path.normalize(file).replaceAll(path.sep, '/');

const tooLarge = (file: string, bytes: number): LintFinding =>
  inputFinding('LINT003', start(file), `${file} has ${bytes} bytes`);

function textOf(file: string, read: () => Buffer): string | LintFinding {
  const bytes = read();
  if (bytes.length > LARGEST_BYTES) return tooLarge(file, bytes.length);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Told below.
  }
  return inputFinding('LINT002', start(file), `${file} is no text in UTF-8`);
}
