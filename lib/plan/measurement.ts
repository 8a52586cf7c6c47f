import { countsRequests } from '../catalog/gate-kinds';
import type { Gate } from '../catalog/service';
import type { MeasurementOdds } from './analysis-run';
import type { Behaviour, Truth } from './behaviour';
import { shareCountedAbove } from './latency';
import { atLeast, atLeastOf, poisson } from './poisson';
import type { Reading } from './traffic';

/** A bound on a share of requests: more than so many of them are too many. */
export interface ShareBound {
  /** Share of the requests that are bad, in truth. */
  readonly share: number;
  readonly bound: number;
}

/**
 * How a measurement of a gate ends: requests arrive as a Poisson process, each is bad or not for itself. Exact for bounds on shares;
 * a gate that compares takes what it compares with in small steps. A gate that does not ask about requests passes, since nothing
 * is said of what it asks.
 *
 * @param gate as it is rendered: with the guard of minRequests, and inconclusive without an answer
 * @param readings what its window may hold at the moment of the measurement
 * @param buckets the bounds of the histogram in seconds, where they are known (latency)
 */
export function measurementOdds(
  gate: Gate,
  readings: readonly Reading[],
  truth: Truth,
  buckets?: readonly number[],
): MeasurementOdds {
  if (!countsRequests(gate.kind)) return PASSES;
  let success = 0;
  let inconclusive = 0;
  for (const reading of readings) {
    const one = readingOdds(...manageable(gate, reading), truth, buckets);
    success += reading.probability * one.success;
    inconclusive += reading.probability * one.inconclusive;
  }
  return { success, inconclusive, failure: Math.max(0, 1 - success - inconclusive), error: 0 };
}

const PASSES: MeasurementOdds = { success: 1, failure: 0, inconclusive: 0, error: 0 };
const SILENT: MeasurementOdds = { success: 0, failure: 0, inconclusive: 1, error: 0 };

/** Beyond so many requests the chance in a share is under half a point, and the odds cost more than they tell. */
const MOST_REQUESTS = 20_000;

/** A reading of more requests is taken for one of so many, with as many fewer wanted: its odds are a little less sharp than in truth. */
function manageable(gate: Gate, reading: Reading): readonly [Gate, Reading] {
  const canary = Math.min(1, MOST_REQUESTS / reading.canaryRequests);
  const stable = Math.min(1, MOST_REQUESTS / reading.stableRequests);
  if (canary === 1 && (stable === 1 || !gate.relative)) return [gate, reading];
  return [
    { ...gate, minRequests: gate.minRequests * (gate.relative ? Math.max(canary, stable) : canary) },
    {
      ...reading,
      canaryRequests: reading.canaryRequests * canary,
      stableRequests: reading.stableRequests * stable,
    },
  ];
}

function readingOdds(
  gate: Gate,
  reading: Reading,
  truth: Truth,
  buckets: readonly number[] | undefined,
): Pick<MeasurementOdds, 'success' | 'inconclusive'> {
  if (reading.scrapes < 2) return SILENT;
  const least = leastRequests(gate, reading);
  if (gate.relative) return comparedOdds(gate, reading, truth, buckets, least);
  const { share, bound } = shareBound(gate, truth.canary, gate.bound.value, buckets);
  return {
    success: belowOdds(reading.canaryRequests, share, bound, least),
    inconclusive: 1 - atLeastOf(reading.canaryRequests, least),
  };
}

/** The fewest requests between two scrapes that increase() extrapolates to minRequests; without any there is no quotient. */
const leastRequests = ({ minRequests }: Gate, { extrapolation }: Reading): number =>
  Math.max(1, Math.ceil(minRequests / extrapolation - 1e-9));

/**
 * What a bound on the measured number says of a share of bad requests. An error rate is one. A success rate is what is left. A
 * latency is an order statistic: its quantile is above a bound when more than 1 - quantile of the requests are.
 */
export function shareBound(
  gate: Gate,
  { errorRate, latency }: Behaviour,
  value: number,
  buckets: readonly number[] | undefined,
): ShareBound {
  switch (gate.kind) {
    case 'successRate':
      return { share: errorRate, bound: 1 - value };
    case 'latency':
      return {
        share: latency === undefined ? 0 : shareCountedAbove(latency, value, buckets),
        bound: 1 - gate.quantile,
      };
    default:
      return { share: errorRate, bound: value };
  }
}

/**
 * The chance that of at least so many requests a share of at most `bound` is bad. Bad and good requests of a Poisson process are two
 * of them, each for itself: for every number of bad ones there must be enough good ones.
 */
export function belowOdds(requests: number, share: number, bound: number, least: number): number {
  if (bound < 0) return 0;
  if (isFarFrom(requests, share, bound)) return bound > share ? atLeastOf(requests, least) : 0;
  const bad = poisson(requests * share);
  const good = poisson(requests * (1 - share));
  let sum = 0;
  for (let i = 0; i < bad.odds.length; i += 1) {
    const count = bad.from + i;
    const wanted = bound > 0 ? Math.ceil((count * (1 - bound)) / bound - 1e-9) : count > 0 ? Infinity : 0;
    sum += (bad.odds[i] ?? 0) * atLeast(good, Math.max(wanted, least - count));
  }
  return Math.min(1, sum);
}

/**
 * Whether the share of the bad ones is on the side of the bound where it is expected, but for a chance of exp(-32): Bernstein's
 * inequality for bad × (1 - bound) - good × bound, a sum of jumps below 1 whose expectation has the sign of share - bound.
 */
function isFarFrom(requests: number, share: number, bound: number): boolean {
  const distance = requests * Math.abs(share - bound);
  const variance = requests * (share * (1 - bound) ** 2 + (1 - share) * bound ** 2);
  return distance > 0 && bound <= 1 && distance ** 2 > 64 * (variance + distance / 3);
}

/** The chance that the canary is at most so much worse than the stable version in the same window; both must have an answer. */
function comparedOdds(
  gate: Gate,
  reading: Reading,
  truth: Truth,
  buckets: readonly number[] | undefined,
  least: number,
): Pick<MeasurementOdds, 'success' | 'inconclusive'> {
  const answered = atLeastOf(reading.canaryRequests, least) * atLeastOf(reading.stableRequests, least);
  if (answered === 0) return SILENT;
  const success = comparedWith(gate, reading.stableRequests, truth.stable, buckets, least).reduce(
    (sum, { value, odds }) => {
      const { share, bound } = shareBound(gate, truth.canary, value + gate.bound.value, buckets);
      return sum + odds * belowOdds(reading.canaryRequests, share, bound, least);
    },
    0,
  );
  return { success: Math.min(success, answered), inconclusive: 1 - answered };
}

/** Steps in which what is compared with is taken. */
const STEPS = 80;

/** A reading of what is compared with, and how likely it is. */
interface Part {
  readonly value: number;
  readonly odds: number;
}

const KNOWN = new Map<string, readonly Part[]>();
const MOST_KNOWN = 500;

/** What the stable version reads; kept, since many bounds are tried beside it. */
function comparedWith(
  gate: Gate,
  requests: number,
  stable: Behaviour,
  buckets: readonly number[] | undefined,
  least: number,
): readonly Part[] {
  const key = JSON.stringify([gate.kind, gate.quantile, requests, stable, buckets?.length, least]);
  const known = KNOWN.get(key);
  if (known !== undefined) return known;
  const below = (value: number): number => {
    const { share, bound } = shareBound(gate, stable, value, buckets);
    return belowOdds(requests, share, bound, least);
  };
  const most = highest(below);
  const parts: Part[] = [];
  let seen = 0;
  for (let i = 0; i <= STEPS; i += 1) {
    const to = (most * i) / STEPS;
    const until = below(to);
    if (until > seen) parts.push({ value: i === 0 ? 0 : to - most / STEPS / 2, odds: until - seen });
    seen = Math.max(seen, until);
  }
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  KNOWN.set(key, parts);
  return parts;
}

/** A value that a reading is practically never above. */
function highest(below: (value: number) => number): number {
  const all = below(Number.MAX_SAFE_INTEGER);
  let value = 1e-4;
  while (below(value) < all - 1e-7 && value < 1e6) value *= 1.5;
  return value;
}
