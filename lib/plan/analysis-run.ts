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
 * How a metric's run ends, exactly: every sequence of verdicts is followed through the counters of Argo Rollouts 1.9.1
 * (analysis/analysis.go: runMeasurements, assessMetricStatus, assessMetricFailureInconclusiveOrError). It fails with more failures
 * than failureLimit, whenever they were; more than inconclusiveLimit are Inconclusive; more errors in a row than
 * consecutiveErrorLimit are an Error; an error does not count as a measurement; what has reached count, or is ended by the release, is
 * Successful.
 *
 * @param measurements one after the other; with a count, the last stands for all that follow it
 * @param repeats how much of each verdict is that of the measurement before it, from 0 (nothing is shared) to 1 (the same
 * requests); the odds of each measurement stay as they are
 */
export function runOdds(
  measurements: readonly MeasurementOdds[],
  limits: RunLimits,
  repeats: readonly number[] = [],
): RunOdds {
  const stops: Endings[] = [];
  let alive: ReadonlyMap<number, Alive> = new Map([[0, START]]);
  const attempts = limits.count === undefined ? measurements.length : mostAttempts(measurements, limits.count);
  for (let i = 0; i < attempts && alive.size > 0; i += 1) {
    const odds = measurements[Math.min(i, measurements.length - 1)] ?? SILENT;
    const before = measurements[Math.min(i - 1, measurements.length - 1)];
    const step = measure(alive, { odds, before, repeats: repeats[i] ?? 0 }, limits);
    stops.push(step.ended);
    alive = step.alive;
  }
  // Ended by the release.
  let left = 0;
  for (const { probability } of alive.values()) left += probability;
  if (left > 0) stops.push({ ...NOTHING, passed: left });
  const sum = (ending: keyof Endings): number => stops.reduce((total, stop) => total + stop[ending], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    errored: sum('errored'),
    inconclusive: sum('inconclusive'),
    stops,
  };
}

interface Alive {
  readonly probability: number;
  readonly counted: number;
  readonly failures: number;
  readonly inconclusives: number;
  readonly errorsInRow: number;
  readonly last: Verdict | undefined;
}

const START: Alive = { probability: 1, counted: 0, failures: 0, inconclusives: 0, errorsInRow: 0, last: undefined };
const NOTHING: Endings = { passed: 0, failed: 0, errored: 0, inconclusive: 0 };
const SILENT: MeasurementOdds = { success: 0, failure: 0, inconclusive: 1, error: 0 };

/** Errors do not count, so that a run may take longer than its count; what is left after so many attempts is negligible. */
const mostAttempts = (measurements: readonly MeasurementOdds[], count: number): number =>
  measurements.some(({ error }) => error > 0) ? 20 * count + 200 : count;

interface Measured {
  readonly odds: MeasurementOdds;
  readonly before: MeasurementOdds | undefined;
  readonly repeats: number;
}

function measure(
  alive: ReadonlyMap<number, Alive>,
  measured: Measured,
  limits: RunLimits,
): { readonly alive: ReadonlyMap<number, Alive>; readonly ended: Endings } {
  const next = new Map<number, Alive>();
  const ended = { ...NOTHING };
  for (const state of alive.values()) {
    for (const verdict of VERDICTS) {
      const probability = state.probability * chanceOf(verdict, state.last, measured);
      if (probability <= 0) continue;
      const moved = { ...counted(state, verdict), probability };
      const ending = endingOf(moved, limits);
      if (ending !== undefined) ended[ending] += probability;
      else {
        const key = keyOf(moved, limits);
        const known = next.get(key);
        next.set(key, known === undefined ? moved : { ...moved, probability: known.probability + probability });
      }
    }
  }
  return { alive: next, ended };
}

/** The counters after a verdict (runMeasurements). */
function counted(state: Alive, verdict: Verdict): Omit<Alive, 'probability'> {
  const error = verdict === 'error';
  return {
    counted: state.counted + (error ? 0 : 1),
    failures: state.failures + (verdict === 'failure' ? 1 : 0),
    inconclusives: state.inconclusives + (verdict === 'inconclusive' ? 1 : 0),
    errorsInRow: error ? state.errorsInRow + 1 : 0,
    last: verdict,
  };
}

/** The later checks overrule the earlier ones, as in assessMetricFailureInconclusiveOrError. */
function endingOf(state: Alive, limits: RunLimits): keyof Endings | undefined {
  if (state.errorsInRow > limits.consecutiveErrorLimit) return 'errored';
  if (state.inconclusives > limits.inconclusiveLimit) return 'inconclusive';
  if (state.failures > limits.failureLimit) return 'failed';
  return limits.count !== undefined && state.counted >= limits.count ? 'passed' : undefined;
}

/** Without a count it does not matter how many were counted. */
function keyOf(state: Omit<Alive, 'probability'>, limits: RunLimits): number {
  let key = limits.count === undefined ? 0 : state.counted;
  key = key * (limits.failureLimit + 2) + state.failures;
  key = key * (limits.inconclusiveLimit + 2) + state.inconclusives;
  key = key * (limits.consecutiveErrorLimit + 2) + state.errorsInRow;
  return key * (VERDICTS.length + 1) + (state.last === undefined ? VERDICTS.length : VERDICTS.indexOf(state.last));
}

/**
 * The chance of a verdict after another one. A part of it repeats that one: both are then read off the same number between 0 and
 * 1, so that the odds of each measurement stay as they are, also where they differ from those before.
 */
function chanceOf(verdict: Verdict, last: Verdict | undefined, { odds, before, repeats }: Measured): number {
  const fresh = odds[verdict];
  if (repeats <= 0 || last === undefined || before === undefined || before[last] <= 0) return fresh;
  return (1 - repeats) * fresh + (repeats * common(spanOf(before, last), spanOf(odds, verdict))) / before[last];
}

type Span = readonly [from: number, to: number];

function spanOf(odds: MeasurementOdds, verdict: Verdict): Span {
  let from = 0;
  for (const one of VERDICTS) {
    if (one === verdict) break;
    from += odds[one];
  }
  return [from, from + odds[verdict]];
}

const common = (a: Span, b: Span): number => Math.max(0, Math.min(a[1], b[1]) - Math.max(a[0], b[0]));
