import type { Bodies } from './bodies';
import type { Located } from './statement';
import { isHarmless } from './volatility';

/** Functions that a statement runs and of which nothing good is known; one that the history defines is never taken for another. */
export const opaqueCalls = ({ statement, calls }: Located, bodies: Bodies): readonly string[] =>
  calls.filter((call) => bodies.has(call) || !isHarmless(call)).filter((call) => !isOwn(statement, call));

/** The procedure of CALL is looked at as a whole. */
const isOwn = (statement: Located['statement'], call: string): boolean =>
  statement.kind === 'call' && statement.procedure === call.replace(/^public\./, '');
