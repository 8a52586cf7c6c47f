import type { Facts } from './statement';

/** Beyond it a text is hardly ever the same as another. */
const LONGEST_CHARACTERS = 120;

/** How many are kept, so that memory does not grow with the number of files. */
const MOST = 1000;

const known = new Map<string, Facts>();

/**
 * What a text said when it was read before: the same wherever it stands. Every file sets the same timeouts, and every loop
 * asks whether it is done, so that half of all texts need not be parsed.
 */
export const recall = (text: string): Facts | undefined => known.get(text);

/** Keeps what a text says that is one statement. What has a body is read anew: of it, this is not all. */
export function remember(text: string, facts: Facts): void {
  if (text.length > LONGEST_CHARACTERS || hasBody(facts)) return;
  if (known.size >= MOST) known.clear();
  // A copy: a part of a text keeps all of it in memory.
  known.set(Buffer.from(text).toString(), facts);
}

const hasBody = ({ statement }: Facts): boolean => statement.kind === 'do' || statement.kind === 'create-function';
