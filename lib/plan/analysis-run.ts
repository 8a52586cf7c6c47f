import { BINS, type Bins, movesOf } from './memory';

/** The odds of one measurement; they sum up to 1. */
export interface MeasurementOdds {
  readonly success: number;
  readonly failure: number;
  readonly inconclusive: number;
  readonly error: number;
}

/** What decides when a run of a metric ends. */
export interface RunLimits {
  /** Measurements; undefined: until the release ends, and one that is ended without a verdict counts as Successful (B5). */
  readonly count: number | undefined;
  readonly failureLimit: number;
  readonly inconclusiveLimit: number;
  readonly consecutiveErrorLimit: number;
}

/** How runs end. */
export interface Endings {
  readonly passed: number;
  readonly failed: number;
  readonly errored: number;
  readonly inconclusive: number;
}

export interface RunOdds extends Endings {
  /** How likely the run ends with each verdict right after the measurement of an index; summed up they give the whole. */
  readonly stops: readonly Endings[];
}

const VERDICTS = ['failure', 'inconclusive', 'error', 'success'] as const;
type Verdict = (typeof VERDICTS)[number];

/**
 * How a metric's run ends: every sequence of verdicts is followed through the counters of Argo Rollouts 1.9.1
 * (analysis/analysis.go: runMeasurements, assessMetricStatus, assessMetricFailureInconclusiveOrError). It fails with more failures
 * than failureLimit, whenever they were; more than inconclusiveLimit are Inconclusive; more errors in a row than
 * consecutiveErrorLimit are an Error; an error does not count as a measurement; what has reached count, or is ended by the release, is
 * Successful. Exact where the measurements share nothing; else as exact as lib/plan/memory.ts.
 *
 * @param measurements one after the other; with a count, the last stands for all that follow it
 * @param correlations of what each measurement reads with what the one before it read, from 0 (nothing is shared) to 1; the odds of
 * each measurement stay as they are
 */
export function runOdds(
  measurements: readonly MeasurementOdds[],
  limits: RunLimits,
  correlations: readonly number[] = [],
): RunOdds {
  const stops: Endings[] = [];
  const last = measurements.length - 1;
  const attempts = limits.count === undefined ? measurements.length : mostAttempts(measurements, limits.count);
  const bins = correlations.some((one) => one > 0) ? BINS : ONE_BIN;
  let alive: readonly Alive[] = [{ ...START, odds: Float64Array.from(bins.odds) }];
  let shared: { readonly odds: MeasurementOdds; readonly shares: Shares } | undefined;
  for (let i = 0; i < attempts && alive.length > 0; i += 1) {
    const odds = measurements[Math.min(i, last)] ?? SILENT;
    // Most measurements are as the one before.
    if (shared?.odds !== odds) shared = { odds, shares: sharesOf(odds, bins) };
    const ended = { ...NOTHING };
    alive = measure(alive.map(remembering(bins, correlations[i] ?? 0)), shared.shares, limits, ended);
    stops.push(ended);
  }
  const left = alive.reduce((sum, { odds }) => sum + total(odds), 0);
  // Ended by the release.
  if (left > 0) stops.push({ ...NOTHING, passed: left });
  const ending = { ...NOTHING };
  for (const stop of stops) for (const one of ENDINGS) ending[one] += stop[one];
  return { ...ending, stops };
}

/** Runs that are not yet over, with the same counters. */
interface Alive {
  readonly counted: number;
  readonly failures: number;
  readonly inconclusives: number;
  readonly errorsInRow: number;
  /** How many of all runs these are, by the bin of what was read last. */
  readonly odds: Float64Array;
}

const START = { counted: 0, failures: 0, inconclusives: 0, errorsInRow: 0 };
const ONE_BIN: Bins = { edges: [0, 1], odds: [1] };
const ENDINGS = ['passed', 'failed', 'errored', 'inconclusive'] as const;
const NOTHING: Endings = { passed: 0, failed: 0, errored: 0, inconclusive: 0 };
const SILENT: MeasurementOdds = { success: 0, failure: 0, inconclusive: 1, error: 0 };

/** Errors do not count, so that a run may take longer than its count; what is left after so many attempts is negligible. */
const mostAttempts = (measurements: readonly MeasurementOdds[], count: number): number =>
  measurements.some(({ error }) => error > 0) ? 20 * count + 200 : count;

function total(odds: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < odds.length; i += 1) sum += odds[i] ?? 0;
  return sum;
}

/** From what was read to what will be. */
function remembering(bins: Bins, correlation: number): (alive: Alive) => Alive {
  if (bins === ONE_BIN) return (alive) => alive;
  if (correlation <= 0) {
    return (alive) => {
      const all = total(alive.odds);
      return { ...alive, odds: Float64Array.from(bins.odds, (one) => one * all) };
    };
  }
  const moves = movesOf(correlation);
  return (alive) => {
    const odds = new Float64Array(alive.odds.length);
    for (const [from, one] of alive.odds.entries()) {
      if (one < NEGLIGIBLE) continue;
      moves[from]?.forEach((move, to) => {
        odds[to] = (odds[to] ?? 0) + one * move;
      });
    }
    return { ...alive, odds };
  };
}

const NEGLIGIBLE = 1e-16;

type Shares = Readonly<Record<Verdict, Float64Array>>;

/** Which share of each bin gets which verdict: the lowest readings have no answer, the highest fail. Queries fail on their own. */
function sharesOf(odds: MeasurementOdds, bins: Bins): Shares {
  const answered = Math.max(1e-300, 1 - odds.error);
  const silent = odds.inconclusive / answered;
  const failing = 1 - odds.failure / answered;
  const share = (from: number, to: number): Float64Array => {
    const shares = new Float64Array(bins.odds.length);
    for (let i = 0; i < shares.length; i += 1) {
      const whole = bins.odds[i] ?? 0;
      const low = Math.max(from, bins.edges[i] ?? 0);
      const high = Math.min(to, bins.edges[i + 1] ?? 1);
      shares[i] = whole > 0 ? (answered * Math.max(0, high - low)) / whole : 0;
    }
    return shares;
  };
  return {
    inconclusive: share(0, silent),
    success: share(silent, failing),
    failure: share(failing, 1),
    error: new Float64Array(bins.odds.length).fill(odds.error),
  };
}

/** The runs that go on after a measurement; those that do not are added to `ended`. */
function measure(
  alive: readonly Alive[],
  shares: Shares,
  limits: RunLimits,
  ended: { -readonly [E in keyof Endings]: number },
): readonly Alive[] {
  const next = new Map<number, Alive>();
  for (const state of alive) {
    for (const verdict of VERDICTS) {
      const odds = product(state.odds, shares[verdict]);
      const all = total(odds);
      if (all < NEGLIGIBLE) continue;
      const moved = { ...counted(state, verdict), odds };
      const ending = endingOf(moved, limits);
      if (ending !== undefined) ended[ending] += all;
      else {
        const key = keyOf(moved, limits);
        const known = next.get(key);
        next.set(key, known === undefined ? moved : { ...moved, odds: sum(known.odds, odds) });
      }
    }
  }
  return [...next.values()];
}

/** Bin by bin. Loops, because `map` calls a function for each of thousands of numbers. */
function product(odds: Float64Array, shares: Float64Array): Float64Array {
  const all = new Float64Array(odds.length);
  for (let i = 0; i < all.length; i += 1) all[i] = (odds[i] ?? 0) * (shares[i] ?? 0);
  return all;
}

function sum(one: Float64Array, other: Float64Array): Float64Array {
  const all = new Float64Array(one.length);
  for (let i = 0; i < all.length; i += 1) all[i] = (one[i] ?? 0) + (other[i] ?? 0);
  return all;
}

type Counters = Omit<Alive, 'odds'>;

/** The counters after a verdict (runMeasurements). */
function counted(state: Counters, verdict: Verdict): Counters {
  const error = verdict === 'error';
  return {
    counted: state.counted + (error ? 0 : 1),
    failures: state.failures + (verdict === 'failure' ? 1 : 0),
    inconclusives: state.inconclusives + (verdict === 'inconclusive' ? 1 : 0),
    errorsInRow: error ? state.errorsInRow + 1 : 0,
  };
}

/** The later checks overrule the earlier ones, as in assessMetricFailureInconclusiveOrError. */
function endingOf(state: Counters, limits: RunLimits): keyof Endings | undefined {
  if (state.errorsInRow > limits.consecutiveErrorLimit) return 'errored';
  if (state.inconclusives > limits.inconclusiveLimit) return 'inconclusive';
  if (state.failures > limits.failureLimit) return 'failed';
  return limits.count !== undefined && state.counted >= limits.count ? 'passed' : undefined;
}

/** Without a count it does not matter how many were counted. */
function keyOf(state: Counters, limits: RunLimits): number {
  let key = limits.count === undefined ? 0 : state.counted;
  key = key * (limits.failureLimit + 2) + state.failures;
  key = key * (limits.inconclusiveLimit + 2) + state.inconclusives;
  return key * (limits.consecutiveErrorLimit + 2) + state.errorsInRow;
}
