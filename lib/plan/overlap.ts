import { atLeast, type Counts, poisson } from './poisson';

/** Two windows one after the other, as far as they hold the same requests. */
export interface Overlap {
  /** Bad and good requests of one window, expected. */
  readonly bad: number;
  readonly good: number;
  /** Share of the window that the next one holds as well. */
  readonly shared: number;
  /** The bound on the share of bad requests. */
  readonly bound: number;
}

/**
 * How much of a verdict is that of the window before it: the correlation of the two verdicts, from 0 to 1. Given what both windows
 * hold, the rest of each is for itself, so that it follows from sums over the shared requests; large counts are taken in groups.
 */
export function repeatedShare({ bad, good, shared, bound }: Overlap): number {
  if (shared <= 0) return 0;
  if (shared >= 1) return 1;
  const ownBad = groups(poisson(bad * (1 - shared)));
  const ownGood = poisson(good * (1 - shared));
  const odds = bound > 0 ? (1 - bound) / bound : Infinity;
  let once = 0;
  let twice = 0;
  for (const both of groups(poisson(bad * shared))) {
    for (const goodBoth of groups(poisson(good * shared))) {
      let passes = 0;
      for (const own of ownBad) {
        const count = both.count + own.count;
        const wanted = count === 0 ? 0 : Math.ceil(count * odds - 1e-9);
        passes += own.probability * atLeast(ownGood, wanted - goodBoth.count);
      }
      const probability = both.probability * goodBoth.probability;
      once += probability * passes;
      twice += probability * passes * passes;
    }
  }
  const spread = once * (1 - once);
  // Of verdicts that are certain nothing is repeated that would matter.
  return spread < 1e-12 ? shared : Math.min(1, Math.max(0, (twice - once * once) / spread));
}

interface Group {
  readonly count: number;
  readonly probability: number;
}

const MOST_GROUPS = 24;

/** A distribution in at most so many groups, each at its mean. */
function groups({ from, odds }: Counts): readonly Group[] {
  const first = odds.findIndex((one) => one > 1e-9);
  const last = odds.findLastIndex((one) => one > 1e-9);
  const size = Math.max(1, Math.ceil((last - first + 1) / MOST_GROUPS));
  const found: Group[] = [];
  for (let at = first; at <= last; at += size) {
    let probability = 0;
    let sum = 0;
    for (let i = at; i < Math.min(at + size, odds.length); i += 1) {
      probability += odds[i] ?? 0;
      sum += (odds[i] ?? 0) * (from + i);
    }
    if (probability > 0) found.push({ count: Math.round(sum / probability), probability });
  }
  return found;
}
