import { errorFunction } from 'simple-statistics';

/**
 * What a measurement remembers of the one before it. Windows that overlap hold the same requests in part, so that a reading far
 * from its mean is followed by another one: where each reading lies in its own distribution is followed in bins, from the lowest
 * to the highest, and moves as a normal distribution with that correlation does (a Gaussian copula of first order).
 */
export interface Bins {
  /** Where each bin begins, as a probability; one more for the end. */
  readonly edges: readonly number[];
  readonly odds: readonly number[];
}

/** Half the width of what is told apart, and the width of a bin, in standard deviations. */
const FAR = 5;
const WIDTH = 0.2;

/** P(z <= x) of the standard normal distribution. */
const below = (x: number): number => (1 + errorFunction(x / Math.SQRT2)) / 2;

const BETWEEN = Array.from({ length: Math.round((2 * FAR) / WIDTH) - 1 }, (_, i) => -FAR + (i + 1) * WIDTH);
const CENTRES = Array.from({ length: BETWEEN.length + 1 }, (_, i) => -FAR + (i + 0.5) * WIDTH);
const EDGES = [0, ...BETWEEN.map(below), 1];

export const BINS: Bins = { edges: EDGES, odds: CENTRES.map((_, i) => (EDGES[i + 1] ?? 1) - (EDGES[i] ?? 0)) };

/** The chance to come from a bin to another one, by the correlation of two readings; kept, since few correlations occur. */
export function movesOf(correlation: number): readonly Float64Array[] {
  const key = Math.round(correlation * 200);
  let moves = KNOWN.get(key);
  if (moves === undefined) {
    moves = work(Math.min(0.995, key / 200));
    KNOWN.set(key, moves);
  }
  return moves;
}

const KNOWN = new Map<number, readonly Float64Array[]>();
/** Passes after which rows and columns have their sums to ten digits. */
const BALANCES = 40;

function work(correlation: number): readonly Float64Array[] {
  const spread = Math.sqrt(1 - correlation ** 2);
  const { odds } = BINS;
  const joint = CENTRES.map((centre, from) => {
    const cumulated = BETWEEN.map((edge) => below((edge - correlation * centre) / spread));
    const all = [0, ...cumulated, 1];
    return Float64Array.from(
      CENTRES,
      (_, to) => (odds[from] ?? 0) * Math.max(1e-300, (all[to + 1] ?? 1) - (all[to] ?? 0)),
    );
  });
  // A bin is no point, so that the sums are a little off; balanced, every reading keeps its own distribution.
  for (let i = 0; i < BALANCES; i += 1) {
    balance(joint, (from, to) => [from, to]);
    balance(joint, (to, from) => [from, to]);
  }
  return joint.map((row, from) => row.map((one) => one / (odds[from] ?? 1)));
}

function balance(joint: readonly Float64Array[], at: (line: number, i: number) => readonly [number, number]): void {
  for (const [line, wanted] of BINS.odds.entries()) {
    let sum = 0;
    for (let i = 0; i < CENTRES.length; i += 1) {
      const [row, column] = at(line, i);
      sum += joint[row]?.[column] ?? 0;
    }
    for (let i = 0; i < CENTRES.length; i += 1) {
      const [row, column] = at(line, i);
      const values = joint[row];
      if (values !== undefined) values[column] = ((values[column] ?? 0) * wanted) / sum;
    }
  }
}
