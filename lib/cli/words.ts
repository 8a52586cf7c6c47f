import { printable } from '../diagnostic/format';
import { EXIT } from './exit';

/** What `parseArgs` of Node makes of a command line, or in words why it refuses it: an option that is not known, or one without its value. */
export function wordsOf<Given extends object>(read: () => Given): Given | string {
  try {
    return read();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A command line that cannot be understood, and why in words. */
export interface Wrong {
  readonly wrong: string;
}

interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/**
 * What a command is asked to do; where that is nothing, help or a fault of the command line, it is told with the usage, and comes back
 * as the exit code.
 */
export function orUsage<Asked extends object>(
  line: Asked | Wrong | 'help',
  usage: string,
  { out, err }: Streams,
): Asked | number {
  if (line === 'help') {
    out(usage);
    return EXIT.ok;
  }
  if (!isWrong(line)) return line;
  err(`${line.wrong === '' ? '' : `${printable(line.wrong)}\n`}${usage}`);
  return EXIT.usage;
}

const isWrong = (line: object): line is Wrong => 'wrong' in line;
