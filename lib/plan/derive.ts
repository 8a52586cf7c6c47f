import type { Gate, GateKind } from '../catalog/service';
import type { MeasurementOdds } from './analysis-run';
import type { Behaviour } from './behaviour';
import { measurementOdds } from './measurement';
import type { Traffic } from './traffic';

/** A step at which a gate is asked. */
export interface Ask {
  /** Share of the requests, in %. */
  readonly weight: number;
  /** Time at this weight before the first measurement; undefined: as long as the window needs. */
  readonly pauseSeconds: number | undefined;
}

/** What the numbers of a gate follow from. */
export interface Wanted {
  readonly kind: GateKind;
  readonly quantile: number;
  /** Whether the bound is for the difference to the stable version, which is good and asked in the same window. */
  readonly relative: boolean;
  readonly buckets: readonly number[] | undefined;
  readonly traffic: Traffic;
  readonly asks: readonly Ask[];
  readonly good: Behaviour;
  readonly bad: Behaviour;
  /** The measured number of a good release and of one that must be stopped; the bound lies between them. */
  readonly normal: number;
  readonly worst: number;
  readonly falseAlarmRisk: number;
  readonly missRisk: number;
  /** Time for each step: its pause, where that is not given, and its measurements. */
  readonly stepSeconds: number;
}

/** The numbers of a gate, with what they promise. */
export interface Derived {
  readonly bound: number;
  readonly windowSeconds: number;
  readonly intervalSeconds: number;
  readonly count: number;
  readonly failureLimit: number;
  readonly minRequests: number;
  readonly falseAlarm: number;
  readonly miss: number;
  /** What it takes of each step. */
  readonly seconds: number;
}

export type Derivation =
  | { readonly kind: 'found'; readonly gate: Derived }
  | {
      readonly kind: 'short';
      readonly miss: number;
      readonly seconds: number | undefined;
      readonly weight: number | undefined;
    };

/**
 * The quickest gate that keeps both risks over all of its steps: a bad release is stopped before it has all requests. Its windows lie
 * inside of their steps and hold no request twice, so that the odds are exact. Where there is none, what would be enough: the time for
 * each step, the weight of the smallest steps, or the misses that are left.
 */
export function derive(wanted: Wanted): Derivation {
  const gate = quickest(wanted);
  if (gate !== undefined) return { kind: 'found', gate };
  return {
    kind: 'short',
    miss: leastMiss(wanted),
    seconds: secondsWanted(wanted),
    weight: weightWanted(wanted),
  };
}

interface Shape {
  readonly windowSeconds: number;
  readonly count: number;
  readonly failureLimit: number;
}

/** Windows in scrapes; four survive a failed scrape. */
const SCRAPES = [4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 20, 24, 28, 32, 40, 48, 64, 80, 96, 128];
const MOST_COUNT = 3;

/** The shapes that a step has time for, the quickest first. */
function shapesOf({ traffic, asks, stepSeconds }: Wanted): readonly Shape[] {
  const shapes: Shape[] = [];
  for (const scrapes of SCRAPES) {
    const windowSeconds = scrapes * traffic.scrapeIntervalSeconds;
    for (let count = 1; count <= MOST_COUNT; count += 1) {
      for (let failureLimit = 0; failureLimit < count; failureLimit += 1) {
        const shape = { windowSeconds, count, failureLimit };
        const fits = asks.every(({ pauseSeconds = Infinity }) => pauseSeconds >= windowSeconds);
        if (fits && secondsOf(shape, asks, traffic) <= stepSeconds) shapes.push(shape);
      }
    }
  }
  return shapes.sort((a, b) => secondsOf(a, asks, traffic) - secondsOf(b, asks, traffic));
}

/** What a shape takes of a step: the window must have passed at the new weight, then one more for each measurement. */
function secondsOf({ windowSeconds, count }: Shape, asks: readonly Ask[], traffic: Traffic): number {
  const waits = asks.some(({ pauseSeconds }) => pauseSeconds === undefined);
  return (waits ? pauseFor(windowSeconds, traffic) : 0) + (count - 1) * windowSeconds;
}

/** The pause after which a window holds nothing from before its step: the scrape before it may be as old as its interval. */
export const pauseFor = (
  windowSeconds: number,
  { scrapeIntervalSeconds }: Pick<Traffic, 'scrapeIntervalSeconds'>,
): number => Math.ceil((windowSeconds + scrapeIntervalSeconds) / 5) * 5;

function quickest(wanted: Wanted): Derived | undefined {
  const shapes = shapesOf(wanted);
  if (!strongest(shapes).some((shape) => canKeep(wanted, shape))) return undefined;
  let best: Derived | undefined;
  for (const shape of shapes) {
    if (best !== undefined && secondsOf(shape, wanted.asks, wanted.traffic) > best.seconds) return best;
    if (!canKeep(wanted, shape)) continue;
    const tried = withBound(wanted, shape);
    if (tried !== undefined && tried.miss <= wanted.missRisk && tried.miss < (best?.miss ?? 1)) best = tried;
  }
  return best;
}

/** Whether some bound keeps both risks: a looser one stops fewer releases, good and bad, so that one that keeps neither decides. */
function canKeep(wanted: Wanted, shape: Shape): boolean {
  const risks = risksOf(wanted, shape, guardFor(wanted, shape));
  let [tight, loose] = [wanted.normal, wanted.worst];
  for (let i = 0; i < HALVINGS; i += 1) {
    const bound = (tight + loose) / 2;
    const [alarms, misses] = [risks.alarms(bound), risks.misses(bound)];
    if (alarms === misses) return !alarms;
    if (alarms) tight = bound;
    else loose = bound;
  }
  return false;
}

/** The longest window of each count and limit: a longer one tells no less, so that nothing is found where these find nothing. */
function strongest(shapes: readonly Shape[]): readonly Shape[] {
  const longest = new Map<string, Shape>();
  for (const shape of shapes) {
    const key = `${shape.count} ${shape.failureLimit}`;
    const known = longest.get(key);
    if (known === undefined || known.windowSeconds < shape.windowSeconds) longest.set(key, shape);
  }
  return [...longest.values()].sort((a, b) => a.count - b.count);
}

function leastMiss(wanted: Wanted): number {
  const misses = strongest(shapesOf(wanted)).map((shape) => withBound(wanted, shape)?.miss ?? 1);
  return Math.min(1, ...misses);
}

const A_DAY_SECONDS = 86_400;

/** The time for each step with which one measurement would be enough; undefined where a day is not. */
function secondsWanted(wanted: Wanted): number | undefined {
  const scrape = wanted.traffic.scrapeIntervalSeconds;
  const asks = wanted.asks.map(({ weight }) => ({ weight, pauseSeconds: undefined }));
  const enough = (scrapes: number): boolean =>
    canKeep({ ...wanted, asks }, { windowSeconds: scrapes * scrape, count: 1, failureLimit: 0 });
  const scrapes = least(enough, 4, Math.floor(A_DAY_SECONDS / scrape));
  return scrapes === undefined ? undefined : pauseFor(scrapes * scrape, wanted.traffic);
}

/** The weight that no step but the last may be below, so that the time is enough. */
function weightWanted(wanted: Wanted): number | undefined {
  const shapes = strongest(shapesOf(wanted));
  const enough = (weight: number): boolean => {
    const raised = wanted.asks.map((ask) => ({ ...ask, weight: Math.max(ask.weight, weight) }));
    return shapes.some((shape) => canKeep({ ...wanted, asks: raised }, shape));
  };
  // Beyond the half it is the stable version that has too few requests to compare with.
  return least(enough, 1, wanted.relative ? 50 : 99);
}

/** What is told of a large number is exact to so many parts of it. */
const EXACT = 50;

/** The least whole number that is enough, where more is never less: large ones cost most, so that they are tried last. */
function least(enough: (value: number) => boolean, from: number, most: number): number | undefined {
  let [low, high] = [from - 1, from];
  while (!enough(high)) {
    if (high >= most) return undefined;
    [low, high] = [high, Math.min(most, 2 * high)];
  }
  while (high - low > Math.max(1, high / EXACT)) {
    const middle = (low + high) >> 1;
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * A shape with the bound in the middle of those that keep both risks, so that neither a noisier day nor a weaker regression is at
 * its edge; undefined where good releases do not keep even the loosest.
 */
function withBound(wanted: Wanted, shape: Shape): Derived | undefined {
  const minRequests = guardFor(wanted, shape);
  const risks = risksOf(wanted, shape, minRequests);
  const bound = middleBound(wanted, risks);
  if (bound === undefined) return undefined;
  return {
    ...shape,
    bound,
    minRequests,
    intervalSeconds: shape.windowSeconds,
    falseAlarm: risks.falseAlarm(bound),
    miss: risks.miss(bound),
    seconds: secondsOf(shape, wanted.asks, wanted.traffic),
  };
}

/** What a gate does over all of its steps, by its bound: it stops a good release, and lets a bad one come to all requests. */
interface Risks {
  readonly falseAlarm: (bound: number) => number;
  readonly miss: (bound: number) => number;
  /** Whether that is more than is accepted. */
  readonly alarms: (bound: number) => boolean;
  readonly misses: (bound: number) => boolean;
}

function middleBound({ normal, worst }: Wanted, { alarms, misses }: Risks): number | undefined {
  if (alarms(worst)) return undefined;
  const tightest = halve(worst, normal, (bound) => !alarms(bound));
  if (misses(tightest)) return tightest;
  const loosest = halve(tightest, worst, (bound) => !misses(bound));
  const upwards = worst > normal;
  const distance = (bound: number): number => (upwards ? bound : 1 - bound);
  const middle = Math.sqrt(distance(tightest) * distance(loosest));
  const written = roundedAway(upwards ? middle : 1 - middle, upwards);
  return alarms(written) || misses(written) ? tightest : written;
}

const HALVINGS = 12;

/** The value nearest to `to` that keeps what `from` keeps. */
function halve(from: number, to: number, keeps: (value: number) => boolean): number {
  let [kept, broken] = [from, to];
  for (let i = 0; i < HALVINGS; i += 1) {
    const middle = (kept + broken) / 2;
    if (keeps(middle)) kept = middle;
    else broken = middle;
  }
  return kept;
}

/** Two significant digits of the distance to 0 or to 1, to the looser side. */
function roundedAway(bound: number, upwards: boolean): number {
  const distance = upwards ? bound : 1 - bound;
  const unit = 10 ** (Math.floor(Math.log10(Math.max(distance, 1e-9))) - 1);
  const rounded = Math.ceil(distance / unit - 1e-9) * unit;
  return Number((upwards ? rounded : 1 - rounded).toFixed(9));
}

/** So many requests are an answer, however many are expected. */
const MOST_WANTED = 1000;

/** Far fewer requests than are expected are no answer: at most half of them, and so few that chance alone does not bring them. */
function guardFor({ asks, traffic, relative }: Wanted, { windowSeconds }: Shape): number {
  const weight = Math.min(...asks.map((ask) => (relative ? Math.min(ask.weight, 100 - ask.weight) : ask.weight)));
  const seen = (traffic.requestsPerSecond * weight * (windowSeconds - traffic.scrapeIntervalSeconds)) / 100;
  const unlikely = seen - 5 * Math.sqrt(seen);
  return Math.max(1, Math.floor(Math.min(seen / 2, unlikely, MOST_WANTED)));
}

function risksOf(wanted: Wanted, shape: Shape, minRequests: number): Risks {
  const { good, bad, falseAlarmRisk, missRisk } = wanted;
  const before = wanted.asks.filter(({ weight }) => weight < 100);
  /** The chance to pass all steps; once it is below what is asked for, as it will then stay, the rest of them is not looked at. */
  const all = (asks: readonly Ask[], canary: Behaviour, bound: number, least = 0): number => {
    let odds = 1;
    for (const { weight } of asks) {
      odds *= passes(wanted, shape, minRequests, bound, weight, canary);
      if (odds <= least) return odds;
    }
    return odds;
  };
  const watched = before.length === 0 ? wanted.asks : before;
  return {
    falseAlarm: (bound) => 1 - all(wanted.asks, good, bound),
    miss: (bound) => all(watched, bad, bound),
    alarms: (bound) => 1 - all(wanted.asks, good, bound, NEARLY * (1 - falseAlarmRisk)) > falseAlarmRisk,
    misses: (bound) => all(watched, bad, bound, missRisk) > missRisk,
  };
}

/** What is below a limit by this factor is below it, however it was rounded. */
const NEARLY = 1 - 1e-9;

function passes(
  { kind, quantile, relative, buckets, traffic, good }: Wanted,
  { windowSeconds, count, failureLimit }: Shape,
  minRequests: number,
  bound: number,
  weight: number,
  canary: Behaviour,
): number {
  const seenSeconds = windowSeconds - traffic.scrapeIntervalSeconds;
  const requests = (traffic.requestsPerSecond * seenSeconds) / 100;
  const gate: Gate = {
    ...NO_GATE,
    kind,
    quantile,
    relative,
    windowSeconds,
    minRequests,
    bound: { direction: kind === 'successRate' ? 'atLeast' : 'atMost', value: bound },
  };
  const reading = {
    probability: 1,
    scrapes: Math.round(windowSeconds / traffic.scrapeIntervalSeconds),
    fromSeconds: 0,
    toSeconds: seenSeconds,
    canaryRequests: requests * weight,
    stableRequests: requests * (100 - weight),
    extrapolation: windowSeconds / seenSeconds,
  };
  const one = measurementOdds(gate, [reading], { canary, stable: good }, buckets);
  return runPasses(one, count, failureLimit);
}

/**
 * What lib/plan/analysis-run.ts gives for measurements that share nothing, when none may be without an answer: all of them have one,
 * and at most failureLimit of them fail.
 */
function runPasses({ success, failure }: MeasurementOdds, count: number, failureLimit: number): number {
  let odds = success ** count;
  let sum = odds;
  for (let failures = 1; failures <= failureLimit && success > 0; failures += 1) {
    odds *= ((count - failures + 1) / failures) * (failure / success);
    sum += odds;
  }
  return sum;
}

const NO_GATE: Gate = {
  name: '',
  kind: 'errorRate',
  bound: { direction: 'atMost', value: 0 },
  quantile: 0.95,
  of: 'limits',
  query: '',
  intervalSeconds: 0,
  count: 1,
  failureLimit: 0,
  inconclusiveLimit: undefined,
  consecutiveErrorLimit: 4,
  initialDelaySeconds: 0,
  windowSeconds: 0,
  minRequests: 0,
  relative: false,
  dryRun: false,
};
