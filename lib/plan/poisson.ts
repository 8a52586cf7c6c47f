import { gammaln } from 'simple-statistics';

/** The distribution of a count: its probabilities from one value on, and what is left outside is below 1e-15. */
export interface Counts {
  readonly from: number;
  readonly odds: Float64Array;
  /** P(count >= from + i); worked out when it is first asked for. */
  readonly tails: () => Float64Array;
}

/**
 * The Poisson distribution of a mean: how many requests arrive, or fail, in a time. The probability of its mode comes from the
 * logarithm of the gamma function, its neighbours from the ratio of two of them, so that no error adds up.
 */
export function poisson(mean: number): Counts {
  const known = KNOWN.get(mean);
  if (known !== undefined) return known;
  if (KNOWN.size > MOST_KNOWN) KNOWN.clear();
  const counts = mean > 0 ? work(mean) : NEVER;
  KNOWN.set(mean, counts);
  return counts;
}

/** P(count >= least). */
export function atLeast({ from, tails }: Counts, least: number): number {
  const i = least - from;
  return i <= 0 ? 1 : (tails()[i] ?? 0);
}

/**
 * The same of a mean. Where it is certain, the distribution is not worked out: by Chernoff's bound, P(count <= k) is at most
 * exp(-(mean - k)² / 2 mean), and what is below 1e-17 stands outside of `odds`.
 */
export const atLeastOf = (mean: number, least: number): number =>
  least < mean && (mean - least) ** 2 > CERTAIN * mean ? 1 : atLeast(poisson(mean), least);

const KNOWN = new Map<number, Counts>();
const MOST_KNOWN = 2000;
const NEGLIGIBLE = 1e-17;
/** exp(-CERTAIN / 2) is below NEGLIGIBLE. */
const CERTAIN = 80;
const NEVER: Counts = { from: 0, odds: Float64Array.of(1), tails: () => Float64Array.of(1) };

/** The logarithm of P(count = k). */
const logOdds = (k: number, mean: number): number => k * Math.log(mean) - mean - gammaln(k + 1);

function work(mean: number): Counts {
  const mode = Math.floor(mean);
  const peak = Math.exp(logOdds(mode, mean));
  let [first, last] = [mode, mode];
  for (let odds = peak; first > 0 && odds > NEGLIGIBLE; first -= 1) odds *= first / mean;
  for (let odds = peak; odds > NEGLIGIBLE; odds *= mean / last) last += 1;
  const odds = new Float64Array(last - first + 1);
  odds[mode - first] = peak;
  for (let k = mode; k > first; k -= 1) odds[k - 1 - first] = (odds[k - first] ?? 0) * (k / mean);
  for (let k = mode + 1; k <= last; k += 1) odds[k - first] = (odds[k - 1 - first] ?? 0) * (mean / k);
  let tails: Float64Array | undefined;
  return {
    from: first,
    odds,
    tails: () => {
      tails ??= tailsOf(odds);
      return tails;
    },
  };
}

function tailsOf(odds: Float64Array): Float64Array {
  const tails = new Float64Array(odds.length);
  let sum = 0;
  for (let i = odds.length - 1; i >= 0; i -= 1) {
    sum += odds[i] ?? 0;
    tails[i] = Math.min(1, sum);
  }
  return tails;
}
