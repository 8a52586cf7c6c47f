/** A stretch of a release in which the canary has one share of the requests; times are seconds since the release began. */
export interface Exposure {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Share of the requests that the canary answers, in %. */
  readonly weight: number;
  /** That of the version which it is compared with, where others are asked beside the two; else all the rest. */
  readonly stableWeight?: number;
}

export interface Traffic {
  /** Of the whole service. */
  readonly requestsPerSecond: number;
  readonly scrapeIntervalSeconds: number;
}

/**
 * What a window over scrapes can hold. Two scrapes bound what rate() and increase() count, so that of k scrapes k - 1 intervals are
 * seen (promql/functions.go of Prometheus: extrapolatedRate).
 */
export interface Reading {
  /** How likely the window holds so many scrapes: where it is no multiple of the scrape interval, there are two numbers. */
  readonly probability: number;
  readonly scrapes: number;
  /** The time between its first and its last scrape. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Requests between its first and its last scrape, expected. */
  readonly canaryRequests: number;
  readonly stableRequests: number;
  /** What increase() makes of one request: it extrapolates to the ends of the window. */
  readonly extrapolation: number;
}

/** What a window that ends at a moment holds; it sees the canary from its first request on. */
export function readingsAt(
  atSeconds: number,
  windowSeconds: number,
  exposures: readonly Exposure[],
  traffic: Traffic,
): readonly Reading[] {
  const { scrapeIntervalSeconds } = traffic;
  const begin = exposures.find(({ weight }) => weight > 0)?.fromSeconds ?? atSeconds;
  const depth = Math.max(0, Math.min(windowSeconds, atSeconds - begin));
  const least = Math.floor(depth / scrapeIntervalSeconds + ROUNDING);
  const rest = Math.max(0, depth - least * scrapeIntervalSeconds);
  const more = rest / scrapeIntervalSeconds;
  // The ends of a window that is covered are nearer than a scrape interval; else half of one is added.
  const extrapolatedSeconds = (scrapes: number): number =>
    depth < windowSeconds ? Math.min(windowSeconds, scrapes * scrapeIntervalSeconds) : windowSeconds;
  // The phase of the scrapes is anybody's guess: with the last scrape no longer ago than `rest` there is room for one more.
  const all = [
    { probability: 1 - more, scrapes: least, ageSeconds: (rest + scrapeIntervalSeconds) / 2 },
    { probability: more, scrapes: least + 1, ageSeconds: rest / 2 },
  ];
  return all
    .filter(({ probability }) => probability > ROUNDING)
    .map(({ probability, scrapes, ageSeconds }) => {
      const seenSeconds = Math.max(0, scrapes - 1) * scrapeIntervalSeconds;
      const toSeconds = atSeconds - ageSeconds;
      const fromSeconds = toSeconds - seenSeconds;
      return {
        probability,
        scrapes,
        fromSeconds,
        toSeconds,
        canaryRequests: requestsBetween(fromSeconds, toSeconds, exposures, traffic, 'canary'),
        stableRequests: requestsBetween(fromSeconds, toSeconds, exposures, traffic, 'stable'),
        extrapolation: seenSeconds > 0 ? extrapolatedSeconds(scrapes) / seenSeconds : 1,
      };
    });
}

const ROUNDING = 1e-9;

/** The requests that one side is expected to answer between two moments; before the release the stable version answers all. */
export function requestsBetween(
  fromSeconds: number,
  toSeconds: number,
  exposures: readonly Exposure[],
  { requestsPerSecond }: Traffic,
  side: 'canary' | 'stable',
): number {
  let canary = 0;
  let notStable = 0;
  // An index and no iterator, and nothing taken apart: this runs thousands of times, mostly before it is compiled.
  for (let i = 0; i < exposures.length; i += 1) {
    const exposure = exposures[i];
    if (exposure === undefined) continue;
    const seconds = Math.min(toSeconds, exposure.toSeconds) - Math.max(fromSeconds, exposure.fromSeconds);
    if (seconds <= 0) continue;
    canary += (requestsPerSecond * seconds * exposure.weight) / 100;
    notStable += (requestsPerSecond * seconds * (100 - (exposure.stableWeight ?? 100 - exposure.weight))) / 100;
  }
  return side === 'canary' ? canary : requestsPerSecond * (toSeconds - fromSeconds) - notStable;
}
