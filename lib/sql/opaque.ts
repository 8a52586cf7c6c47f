import type { Located } from './statement';
import { isHarmless } from './volatility';

/** Functions that a statement runs and of which nothing is known. */
export function opaqueCalls({ statement, calls, within }: Located): readonly string[] {
  if (statement.kind !== 'select' && statement.kind !== 'data' && statement.kind !== 'create-table') return [];
  const unknown = calls.filter((call) => !isHarmless(call));
  // A condition or a value in a body: only what a statement runs for its own sake can be meant.
  return within === undefined || statement.kind === 'select' ? unknown : [];
}
