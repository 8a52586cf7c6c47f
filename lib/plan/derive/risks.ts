import type { Gate } from '../../catalog/service';
import type { MeasurementOdds } from '../analysis-run';
import type { Behaviour } from '../behaviour';
import { measurementOdds } from '../measurement';
import type { Shape } from './shapes';
import type { Ask, Wanted } from './wanted';

/** What a gate does over all of its steps, by its bound: it stops a good release, and lets a bad one come to all requests. */
export interface Risks {
  readonly falseAlarm: (bound: number) => number;
  readonly miss: (bound: number) => number;
  /** Whether that is more than is accepted. */
  readonly alarms: (bound: number) => boolean;
  readonly misses: (bound: number) => boolean;
}

/** The risks of a shape, with the requests that it wants to have seen. */
export function risksOf(wanted: Wanted, shape: Shape, minRequests: number): Risks {
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

/** So many requests are an answer, however many are expected. */
const MOST_WANTED = 1000;

/** Far fewer requests than are expected are no answer: at most half of them, and so few that chance alone does not bring them. */
export function guardFor({ asks, traffic, relative }: Wanted, { windowSeconds }: Shape): number {
  const weight = Math.min(...asks.map((ask) => (relative ? Math.min(ask.weight, 100 - ask.weight) : ask.weight)));
  const seen = (traffic.requestsPerSecond * weight * (windowSeconds - traffic.scrapeIntervalSeconds)) / 100;
  const unlikely = seen - 5 * Math.sqrt(seen);
  return Math.max(1, Math.floor(Math.min(seen / 2, unlikely, MOST_WANTED)));
}

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
