import type { Gate } from '../../lib/catalog/service';
import { type GateUse, limitsOf, measurementTimes } from '../../lib/plan/gate';
import type { Exposure, Traffic } from '../../lib/plan/traffic';

// Taken once: within Jest every look at a global is slow.
const { ceil, exp, floor, imul, log, max, min, sqrt } = Math;
const FAR = Number.POSITIVE_INFINITY;

/** What is counted of a version: all of its requests, and those that are bad. */
export interface Rates {
  readonly canaryBad: number;
  readonly stableBad: number;
}

export interface Played {
  readonly gate: Gate;
  readonly use: GateUse;
  readonly traffic: Traffic;
  readonly exposures: readonly Exposure[];
  readonly rates: Rates;
  /** The bound on the share of bad requests, or on its difference to that of the stable version. */
  readonly bound: number;
  /**
   * `settled`: the counters have long been counting. `whole`: they begin with the canary, at 0. `born`: each is there from its first
   * count on, as proxies tell them, so that what came before its first scrape is never seen.
   */
  readonly counters: 'settled' | 'whole' | 'born';
  readonly releases: number;
  readonly seed: number;
}

export type Ending = 'passed' | 'failed' | 'inconclusive';

export interface Frequencies {
  readonly passed: number;
  readonly failed: number;
  readonly inconclusive: number;
  /** Of all releases, by the index of the measurement after which the run ended. */
  readonly stops: readonly number[];
}

/** Moments within a scrape interval at which the scrapes of a release may lie. */
const PHASES = 20;

/** Plays releases request by request, as the counts between two scrapes: what is counted of a Poisson process in a time is Poisson distributed. */
export function play(played: Played): Frequencies {
  const random = mulberry(played.seed);
  const times = measurementTimes(played.gate, played.use);
  const endings = { passed: 0, failed: 0, inconclusive: 0 };
  const stops: number[] = [];
  for (let phase = 0; phase < PHASES; phase += 1) {
    const scrapes = scrapesOf(played, times, (phase + 0.5) / PHASES);
    const samplers = samplersOf(played, scrapes);
    const windows = times.map((at) => windowOf(scrapes, at, played.gate.windowSeconds));
    for (let i = phase; i < played.releases; i += PHASES) {
      const { ending, index } = release(played, scrapes, samplers, windows, random);
      endings[ending] += 1;
      stops[index] = (stops[index] ?? 0) + 1;
    }
  }
  const share = (count: number): number => count / played.releases;
  return {
    passed: share(endings.passed),
    failed: share(endings.failed),
    inconclusive: share(endings.inconclusive),
    stops: Array.from({ length: times.length + 1 }, (_, i) => share(stops[i] ?? 0)),
  };
}

type Random = () => number;

/** A generator of 32 bits of state, so that every run plays the same releases. */
export function mulberry(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = imul(t ^ (t >>> 15), t | 1);
    t ^= t + imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function scrapesOf({ traffic, exposures, gate }: Played, times: readonly number[], phase: number): readonly number[] {
  const begin = beginOf(exposures);
  const from = min(begin, (times[0] ?? 0) - gate.windowSeconds);
  const every = traffic.scrapeIntervalSeconds;
  const first = floor(from / every) * every + phase * every;
  const until = times.at(-1) ?? 0;
  return Array.from({ length: max(0, floor((until - first) / every) + 1) }, (_, i) => first + i * every);
}

const beginOf = (exposures: readonly Exposure[]): number =>
  exposures.find(({ weight }) => weight > 0)?.fromSeconds ?? 0;

type Sampler = (random: Random) => number;
type Side = readonly [good: Sampler, bad: Sampler];

/** What comes between a scrape and the one before it, of both versions. */
function samplersOf(
  { exposures, traffic, rates }: Played,
  scrapes: readonly number[],
): readonly { canary: Side; stable: Side }[] {
  return scrapes.map((at, i) => {
    const from = scrapes[i - 1] ?? at - traffic.scrapeIntervalSeconds;
    let weighted = 0;
    let others = 0;
    for (const one of exposures) {
      const seconds = max(0, min(at, one.toSeconds) - max(from, one.fromSeconds));
      weighted += seconds * one.weight;
      others += seconds * (one.stableWeight === undefined ? 0 : 100 - one.weight - one.stableWeight);
    }
    const canary = (traffic.requestsPerSecond * weighted) / 100;
    const stable = traffic.requestsPerSecond * (at - from - others / 100) - canary;
    const side = (mean: number, bad: number): Side => [sampler(mean * (1 - bad)), sampler(mean * bad)];
    return { canary: side(canary, rates.canaryBad), stable: side(stable, rates.stableBad) };
  });
}

const SAMPLERS = new Map<number, Sampler>();

/** Poisson distributed numbers by inversion: the multiplication of Knuth for the table, which a guide makes quick to search. */
function sampler(mean: number): Sampler {
  const known = SAMPLERS.get(mean);
  if (known !== undefined) return known;
  const made = mean <= 0 ? () => 0 : inverted(mean);
  SAMPLERS.set(mean, made);
  return made;
}

function inverted(mean: number): Sampler {
  const from = max(0, floor(mean - 9 * sqrt(mean) - 10));
  const length = ceil(18 * sqrt(mean) + 40);
  // log P(from), by the sum of the logarithms of the factors.
  let logOdds = -mean;
  for (let k = 1; k <= from; k += 1) logOdds += log(mean / k);
  const sums = new Float64Array(length);
  let sum = 0;
  for (let i = 0; i < length; i += 1) {
    sum += exp(logOdds);
    sums[i] = sum;
    logOdds += log(mean / (from + i + 1));
  }
  const guide = new Int32Array(256);
  for (let g = 0, i = 0; g < 256; g += 1) {
    while (i < length - 1 && (sums[i] ?? 1) < g / 256) i += 1;
    guide[g] = i;
  }
  return (random) => {
    const u = random();
    let i = guide[(u * 256) | 0] ?? 0;
    while (i < length - 1 && (sums[i] ?? 1) < u) i += 1;
    return from + i;
  };
}

/** Where the scrapes of a window begin and end. */
interface Window {
  readonly first: number;
  readonly last: number;
  readonly atSeconds: number;
}

/** The scrapes in (at - window, at], as a range selector of Prometheus 3 chooses them. */
function windowOf(scrapes: readonly number[], atSeconds: number, windowSeconds: number): Window {
  const first = scrapes.findIndex((scrape) => scrape > atSeconds - windowSeconds);
  return { first, last: scrapes.findLastIndex((scrape) => scrape <= atSeconds), atSeconds };
}

/** A counter at each scrape so far; before `born` it is not there. */
class Counter {
  readonly values: Float64Array;
  born = FAR;

  constructor(scrapes: number) {
    this.values = new Float64Array(scrapes);
  }
}

/** Counters of one version, which grow from scrape to scrape. */
class Version {
  readonly all: Counter;
  readonly bad: Counter;
  #next = 0;

  readonly scrapes: readonly number[];
  readonly #sides: readonly Side[];
  readonly #begin: number;
  readonly #kind: Played['counters'];

  constructor(scrapes: readonly number[], sides: readonly Side[], begin: number, kind: Played['counters']) {
    this.scrapes = scrapes;
    this.#sides = sides;
    this.#begin = begin;
    this.#kind = kind;
    this.all = new Counter(scrapes.length);
    this.bad = new Counter(scrapes.length);
  }

  grow(until: number, random: Random): void {
    for (; this.#next <= until; this.#next += 1) {
      const i = this.#next;
      const side = this.#sides[i];
      const bad = side?.[1](random) ?? 0;
      const good = side?.[0](random) ?? 0;
      this.bad.values[i] = (this.bad.values[i - 1] ?? 0) + bad;
      this.all.values[i] = (this.all.values[i - 1] ?? 0) + bad + good;
      if (this.#kind !== 'settled' && (this.scrapes[i] ?? 0) <= this.#begin) continue;
      if (this.all.born === FAR) this.all.born = i;
      if (this.bad.born === FAR && (this.#kind !== 'born' || (this.bad.values[i] ?? 0) > 0)) this.bad.born = i;
    }
  }
}

function release(
  played: Played,
  scrapes: readonly number[],
  samplers: readonly { readonly canary: Side; readonly stable: Side }[],
  windows: readonly Window[],
  random: Random,
): { readonly ending: Ending; readonly index: number } {
  const { gate, use, exposures, counters } = played;
  const canary = new Version(
    scrapes,
    samplers.map((one) => one.canary),
    beginOf(exposures),
    counters,
  );
  const stable = gate.relative
    ? new Version(
        scrapes,
        samplers.map((one) => one.stable),
        -FAR,
        'settled',
      )
    : undefined;
  const limits = limitsOf(gate, use);
  let [failures, inconclusives] = [0, 0];
  for (const [i, window] of windows.entries()) {
    canary.grow(window.last, random);
    stable?.grow(window.last, random);
    const verdict = measure(played, window, canary, stable);
    if (verdict === undefined) inconclusives += 1;
    else if (!verdict) failures += 1;
    if (inconclusives > limits.inconclusiveLimit) return { ending: 'inconclusive', index: i };
    if (failures > limits.failureLimit) return { ending: 'failed', index: i };
    if (limits.count !== undefined && i + 1 >= limits.count) return { ending: 'passed', index: i };
  }
  return { ending: 'passed', index: windows.length };
}

/** Whether a measurement passes; undefined: it has no answer. */
function measure(
  { gate, bound, counters }: Played,
  window: Window,
  canary: Version,
  stable: Version | undefined,
): boolean | undefined {
  const value = shareOf(canary, window, gate, counters === 'settled');
  if (value === undefined) return undefined;
  if (stable === undefined) return value <= bound + 1e-9;
  const other = shareOf(stable, window, gate, true);
  return other === undefined ? undefined : value - other <= bound + 1e-9;
}

/** The rendered query: no series where too few requests were seen, NaN where there were none; both have no answer. */
function shareOf({ all, bad, scrapes }: Version, window: Window, gate: Gate, settled: boolean): number | undefined {
  const requests = increase(all, scrapes, window, gate.windowSeconds, settled);
  if (requests === undefined || requests === 0 || requests < gate.minRequests - 1e-9) return undefined;
  return (increase(bad, scrapes, window, gate.windowSeconds, settled) ?? 0) / requests;
}

/** increase() of Prometheus 3, as promql/functions.go has it: extrapolatedRate. */
function increase(
  { values, born }: Counter,
  scrapes: readonly number[],
  { first, last, atSeconds }: Window,
  windowSeconds: number,
  settled: boolean,
): number | undefined {
  const begin = max(first, born);
  if (last <= begin) return undefined;
  const [from, to, low] = [scrapes[begin] ?? 0, scrapes[last] ?? 0, values[begin] ?? 0];
  const grown = (values[last] ?? 0) - low;
  const sampled = to - from;
  const average = sampled / (last - begin);
  let before = from - (atSeconds - windowSeconds);
  let after = atSeconds - to;
  if (before >= average * 1.1) before = average / 2;
  // A counter was not below 0 before; of one that counts for long that is far away.
  if (grown > 0 && !settled) before = min(before, sampled * (low / grown));
  if (after >= average * 1.1) after = average / 2;
  return grown * ((sampled + before + after) / sampled);
}
