import type { Traffic } from '../traffic';
import type { Ask, Wanted } from './wanted';

/** How long a window, how many of them, and how many may fail. */
export interface Shape {
  readonly windowSeconds: number;
  readonly count: number;
  readonly failureLimit: number;
}

/** Windows in scrapes; four survive a failed scrape. */
const SCRAPES = [4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 20, 24, 28, 32, 40, 48, 64, 80, 96, 128];
const MOST_COUNT = 3;

/** The shapes that a step has time for, the quickest first. */
export function shapesOf({ traffic, asks, stepSeconds }: Wanted): readonly Shape[] {
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
export function secondsOf({ windowSeconds, count }: Shape, asks: readonly Ask[], traffic: Traffic): number {
  const waits = asks.some(({ pauseSeconds }) => pauseSeconds === undefined);
  return (waits ? pauseFor(windowSeconds, traffic) : 0) + (count - 1) * windowSeconds;
}

/** The pause after which a window holds nothing from before its step: the scrape before it may be as old as its interval. */
export const pauseFor = (
  windowSeconds: number,
  { scrapeIntervalSeconds }: Pick<Traffic, 'scrapeIntervalSeconds'>,
): number => Math.ceil((windowSeconds + scrapeIntervalSeconds) / 5) * 5;

/**
 * The longest window of each count and limit: a longer one tells no less, so that nothing is found where these find nothing. Counts
 * are whole numbers, so that now and then it is the other way round: in 2 of 11,224 random wishes a shorter one was just enough.
 */
export function strongest(shapes: readonly Shape[]): readonly Shape[] {
  const longest = new Map<string, Shape>();
  for (const shape of shapes) {
    const key = `${shape.count} ${shape.failureLimit}`;
    const known = longest.get(key);
    if (known === undefined || known.windowSeconds < shape.windowSeconds) longest.set(key, shape);
  }
  return [...longest.values()].sort((a, b) => a.count - b.count);
}
