import { countsRequests, inconclusiveLimitOf } from '../catalog/gate-kinds';
import type { Gate } from '../catalog/service';
import { type Endings, type MeasurementOdds, type RunLimits, type RunOdds, runOdds } from './analysis-run';
import type { Truth } from './behaviour';
import { measurementOdds } from './measurement';
import { type Exposure, type Reading, readingsAt, type Traffic } from './traffic';

/** Where a gate is asked: at a step, from a moment on until it has spoken; or in the background, until the steps end. */
export type GateUse =
  | { readonly kind: 'step'; readonly fromSeconds: number }
  | { readonly kind: 'background'; readonly fromSeconds: number; readonly toSeconds: number };

/** What a gate is asked about. */
export interface Setting {
  readonly traffic: Traffic;
  readonly exposures: readonly Exposure[];
  readonly truth: Truth;
  /** The bounds of the histogram of latencies in seconds, where they are known. */
  readonly buckets?: readonly number[] | undefined;
}

export interface GateOdds extends RunOdds {
  /** The moments of the measurements, in seconds since the release began; `stops` has the same order, and one more for the end. */
  readonly atSeconds: readonly number[];
}

/**
 * The odds of one gate in one use of a release. Windows that overlap share requests, so that their verdicts do: lib/plan/memory.ts.
 * A gate with dryRun never stops anything.
 */
export const gateOdds = (gate: Gate, use: GateUse, setting: Setting): GateOdds =>
  oddsOf(windowsOf(gate, use, setting), setting);

/** What the windows of a gate hold in one use of a release, whatever the truth is. */
export interface Windows {
  readonly gate: Gate;
  readonly use: GateUse;
  readonly atSeconds: readonly number[];
  readonly parts: readonly Part[];
}

export function windowsOf(
  gate: Gate,
  use: GateUse,
  { exposures, traffic }: Pick<Setting, 'exposures' | 'traffic'>,
): Windows {
  const atSeconds = measurementTimes(gate, use);
  const readings = atSeconds.map((at) => readingsAt(at, gate.windowSeconds, exposures, traffic));
  return { gate, use, atSeconds, parts: partsOf(gate, readings, traffic) };
}

/** The odds of a gate whose windows hold so much. */
export function oddsOf(
  { gate, use, atSeconds, parts: held }: Windows,
  setting: Pick<Setting, 'truth' | 'buckets'>,
): GateOdds {
  const parts = held.map(({ probability, readings: part }) => {
    const measurements = oddsOfEach(part, (one) => measurementOdds(gate, one, setting.truth, setting.buckets));
    // What is as good as certain needs no memory, which takes most of the time.
    const correlations = measurements.every(isCertain) ? [] : correlationsOf(gate, part);
    return { probability, run: runOdds(measurements, limitsOf(gate, use), correlations) };
  });
  const run = mixed(parts);
  return { ...(gate.dryRun ? silenced(run) : run), atSeconds };
}

/** Most windows hold as many requests as the one before them. */
function oddsOfEach(
  windows: Part['readings'],
  oddsOf: (window: readonly Reading[]) => MeasurementOdds,
): readonly MeasurementOdds[] {
  const all: MeasurementOdds[] = [];
  for (let i = 0; i < windows.length; i += 1) {
    const [window = [], before] = [windows[i], windows[i - 1]];
    const known = before !== undefined && holdTheSame(window, before) ? all[i - 1] : undefined;
    all.push(known ?? oddsOf(window));
  }
  return all;
}

const holdTheSame = (one: readonly Reading[], other: readonly Reading[]): boolean =>
  one.length === other.length &&
  one.every((reading, i) => {
    const twin = other[i];
    return (
      reading.probability === twin?.probability &&
      reading.scrapes === twin.scrapes &&
      reading.canaryRequests === twin.canaryRequests &&
      reading.stableRequests === twin.stableRequests &&
      reading.extrapolation === twin.extrapolation
    );
  });

const isCertain = ({ success, failure, inconclusive, error }: MeasurementOdds): boolean =>
  Math.max(success, failure, inconclusive, error) > 1 - 1e-9;

interface Part {
  readonly probability: number;
  readonly readings: readonly (readonly Reading[])[];
}

/** Where each measurement comes at the same moment of a scrape interval, all windows of a run hold as many scrapes as the first one. */
function partsOf(gate: Gate, readings: Part['readings'], { scrapeIntervalSeconds }: Traffic): readonly Part[] {
  const [first = []] = readings;
  const same =
    gate.intervalSeconds % scrapeIntervalSeconds === 0 &&
    readings.every((one) => one.length === first.length && one[0]?.probability === first[0]?.probability);
  if (!same || first.length < 2) return [{ probability: 1, readings }];
  return first.map(({ probability }, i) => ({
    probability,
    readings: readings.map((one) => one.slice(i, i + 1).map((reading) => ({ ...reading, probability: 1 }))),
  }));
}

function mixed(parts: readonly { readonly probability: number; readonly run: RunOdds }[]): RunOdds {
  const sum = (of: (run: RunOdds) => Endings): Endings => {
    const all = { passed: 0, failed: 0, errored: 0, inconclusive: 0 };
    for (const { probability, run } of parts) {
      const one = of(run);
      for (const ending of ENDINGS) all[ending] += probability * one[ending];
    }
    return all;
  };
  const length = Math.max(...parts.map(({ run }) => run.stops.length));
  return {
    ...sum((run) => run),
    stops: Array.from({ length }, (_, i) => sum(({ stops }) => stops[i] ?? NOTHING)),
  };
}

const ENDINGS = ['passed', 'failed', 'errored', 'inconclusive'] as const;
const NOTHING: Endings = { passed: 0, failed: 0, errored: 0, inconclusive: 0 };

/** The moments at which a gate is measured when no query fails (analysis/analysis.go: generateMetricTasks). */
export function measurementTimes(gate: Gate, use: GateUse): readonly number[] {
  const first = use.fromSeconds + gate.initialDelaySeconds;
  const count =
    use.kind === 'step'
      ? gate.count
      : Math.max(0, Math.floor((use.toSeconds - first) / gate.intervalSeconds + 1e-9) + 1);
  return Array.from({ length: count }, (_, i) => first + i * gate.intervalSeconds);
}

export const limitsOf = (gate: Gate, use: GateUse): RunLimits => ({
  count: use.kind === 'step' ? gate.count : undefined,
  failureLimit: gate.failureLimit,
  inconclusiveLimit: inconclusiveLimitOf(gate, use.kind),
  consecutiveErrorLimit: gate.consecutiveErrorLimit,
});

/** Two windows are correlated as far as they hold the same requests. */
function correlationsOf(gate: Gate, readings: readonly (readonly Reading[])[]): readonly number[] {
  if (!countsRequests(gate.kind)) return [];
  return readings.map((now, i) => {
    const [before, own] = [longest(readings[i - 1]), longest(now)];
    if (before === undefined || own === undefined || before.scrapes < 2) return 0;
    const sharedSeconds = before.toSeconds - own.fromSeconds;
    const lengths = (own.toSeconds - own.fromSeconds) * (before.toSeconds - before.fromSeconds);
    return sharedSeconds <= 0 ? 0 : Math.min(1, sharedSeconds / Math.sqrt(lengths));
  });
}

const longest = (readings: readonly Reading[] | undefined): Reading | undefined => readings?.at(-1);

function silenced(run: RunOdds): RunOdds {
  const silent = (odds: Endings): Endings => ({
    passed: odds.passed + odds.failed + odds.errored + odds.inconclusive,
    failed: 0,
    errored: 0,
    inconclusive: 0,
  });
  return { ...silent(run), stops: run.stops.map(silent) };
}
