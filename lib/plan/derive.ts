import { canKeep, type Derived, withBound } from './derive/bound';
import { pauseFor, secondsOf, shapesOf, strongest } from './derive/shapes';
import type { Wanted } from './derive/wanted';

export { pauseFor } from './derive/shapes';
export type { Wanted } from './derive/wanted';

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
  // The longest window that the time allows was tried.
  const tried = Math.max(...shapesOf(wanted).map(({ count, windowSeconds }) => (count === 1 ? windowSeconds : 0)), 0);
  const scrapes = least(enough, Math.max(4, Math.round(tried / scrape) + 1), Math.floor(A_DAY_SECONDS / scrape));
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
  return least(enough, Math.min(...wanted.asks.map(({ weight }) => weight)) + 1, wanted.relative ? 50 : 99);
}

/** What is told of a large number is exact to so many parts of it. */
const EXACT = 50;

/** The least whole number that is enough, where more is never less: large ones cost most, so that they are tried last. */
function least(enough: (value: number) => boolean, from: number, most: number): number | undefined {
  if (from > most) return undefined;
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
