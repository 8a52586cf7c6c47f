import type { Facts, Statement } from './statement';

/** What stands in many files word for word. What names a table hardly ever does, and of what has a body this is not all. */
const REPEATED: ReadonlySet<Statement['kind']> = new Set(['set', 'select', 'transaction']);

/** Beyond it a text is hardly ever the same as another. */
const LONGEST_CHARACTERS = 120;

/** How many are kept, so that memory does not grow with the number of files. */
const MOST = 1000;

const known = new Map<string, Facts>();

/**
 * What a text said when it was read before: the same wherever it stands. Every file sets the same timeouts, and every loop
 * asks whether it is done, so that half of all texts need not be parsed.
 */
export const recall = (text: string): Facts | undefined =>
  text.length > LONGEST_CHARACTERS ? undefined : known.get(text);

/** Keeps what a text says that is one statement, if others may say the same. */
export function remember(text: string, facts: Facts): void {
  if (text.length > LONGEST_CHARACTERS || !REPEATED.has(facts.statement.kind)) return;
  if (known.size >= MOST) known.clear();
  // A copy: a part of a text keeps all of it in memory.
  known.set(Buffer.from(text).toString(), facts);
}
