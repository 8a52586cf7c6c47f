import type { Gate } from '../../lib/catalog/service';
import type { GateUse } from '../../lib/plan/gate';
import { PROXY_BUCKETS, shareCountedAbove } from '../../lib/plan/latency';
import type { Played } from './simulator';

/** A gate as the catalog completes it, with some of its fields. */
export function gateWith(given: Partial<Gate>): Gate {
  return {
    name: 'errors',
    kind: 'errorRate',
    bound: { direction: 'atMost', value: 0.05 },
    quantile: 0.95,
    of: 'limits',
    query: '',
    intervalSeconds: 60,
    count: 3,
    failureLimit: 1,
    inconclusiveLimit: undefined,
    consecutiveErrorLimit: 4,
    initialDelaySeconds: 0,
    windowSeconds: 60,
    minRequests: 20,
    relative: false,
    dryRun: false,
    ...given,
  };
}

/** A case: what is played, and the same as the mathematics is told it. */
export interface Case {
  readonly name: string;
  readonly played: Omit<Played, 'releases' | 'seed'>;
  readonly truth: { readonly errorRate: number; readonly stableErrorRate: number; readonly slower: number | undefined };
}

const step = (fromSeconds: number): GateUse => ({ kind: 'step', fromSeconds });

interface Given {
  readonly rps: number;
  readonly weight: number;
  readonly share: number;
  readonly gate: Gate;
  readonly use?: GateUse;
  readonly counters?: Played['counters'];
  readonly scrape?: number;
}

export function caseOf({ rps, weight, share, gate, use = step(600), counters = 'settled', scrape = 15 }: Given): Case {
  const told = [
    `${rps} rps, ${weight} %, ${share} bad, ${gate.windowSeconds} s each ${gate.intervalSeconds} s,`,
    `${gate.count} less ${gate.failureLimit}, ${use.kind} from ${use.fromSeconds} s`,
  ];
  return {
    name: told.join(' '),
    played: {
      gate,
      use,
      traffic: { requestsPerSecond: rps, scrapeIntervalSeconds: scrape },
      exposures: [{ fromSeconds: 0, toSeconds: 100_000, weight }],
      rates: { canaryBad: share, stableBad: 0.002 },
      bound: gate.bound.value,
      counters,
    },
    truth: { errorRate: share, stableErrorRate: 0.002, slower: undefined },
  };
}

export const RATES = [0.002, 0.03, 0.05, 0.08, 0.15];

/** Windows that share no request: by requests, weight, true error rate, length, scrapes, and rules. */
export const APART: readonly Case[] = [2, 20, 120].flatMap((rps) =>
  [10, 50].flatMap((weight) =>
    RATES.flatMap((share) =>
      (
        [
          [{ windowSeconds: 60, intervalSeconds: 60, count: 1, failureLimit: 0 }, 15],
          [{ windowSeconds: 60, intervalSeconds: 75, count: 3, failureLimit: 1 }, 15],
          [{ windowSeconds: 100, intervalSeconds: 120, count: 4, failureLimit: 0, inconclusiveLimit: 2 }, 30],
          [{ windowSeconds: 120, intervalSeconds: 120, count: 5, failureLimit: 2, minRequests: 0 }, 30],
        ] as const
      ).map(([given, scrape]) => caseOf({ rps, weight, share, gate: gateWith(given), scrape })),
    ),
  ),
);

/** The same in the background: measured until the steps end. */
export const BACKGROUND: readonly Case[] = [4, 40, 200].flatMap((rps) =>
  [10, 40].flatMap((weight) =>
    RATES.flatMap((share) =>
      [0, 2].map((failureLimit) =>
        caseOf({
          rps,
          weight,
          share,
          gate: gateWith({ failureLimit, inconclusiveLimit: 4 }),
          use: { kind: 'background', fromSeconds: 600, toSeconds: 600 + 9 * 60 + 30 },
        }),
      ),
    ),
  ),
);

/** The canary against the stable version in the same window. */
export const COMPARED: readonly Case[] = [10, 100].flatMap((rps) =>
  [10, 50].flatMap((weight) =>
    [0.002, 0.01, 0.022, 0.05].map((share) =>
      caseOf({ rps, weight, share, gate: gateWith({ relative: true, bound: { direction: 'atMost', value: 0.02 } }) }),
    ),
  ),
);

/** Latencies: log-normal, a 95th percentile of 0.12 s that is so many times as high; the bound is the end of a bucket. */
export const LATENCY = { medianSeconds: 0.04, p95Seconds: 0.12 };
export const SLOW: readonly Case[] = [10, 100].flatMap((rps) =>
  [10, 50].flatMap((weight) =>
    [1, 1.5, 2, 2.5, 4].map((times): Case => {
      const latency = { medianSeconds: 0.04 * times, p95Seconds: 0.12 * times };
      const gate = gateWith({ kind: 'latency', bound: { direction: 'atMost', value: 0.25 } });
      const one = caseOf({ rps, weight, share: shareCountedAbove(latency, 0.25, PROXY_BUCKETS), gate });
      return {
        ...one,
        name: `${one.name}, ${times} times as slow`,
        played: { ...one.played, bound: 1 - gate.quantile },
        truth: { errorRate: 0, stableErrorRate: 0, slower: times },
      };
    }),
  ),
);

/** Windows that share up to nine tenths of their requests. */
export const OVERLAPPING: readonly Case[] = [20, 120].flatMap((rps) =>
  RATES.flatMap((share) =>
    (
      [
        { windowSeconds: 60, intervalSeconds: 30, count: 3, failureLimit: 1 },
        { windowSeconds: 60, intervalSeconds: 15, count: 8, failureLimit: 2 },
        { windowSeconds: 300, intervalSeconds: 30, count: 3, failureLimit: 1 },
        { windowSeconds: 300, intervalSeconds: 30, count: 10, failureLimit: 3 },
        { windowSeconds: 300, intervalSeconds: 30, count: 5, failureLimit: 0 },
      ] as const
    ).map((given) => caseOf({ rps, weight: 20, share, gate: gateWith(given) })),
  ),
);

/** Real counters of new pods, which begin with their first count, in windows inside of the step. */
export const NEW_PODS: readonly Case[] = [4, 20, 120].flatMap((rps) =>
  RATES.map((share) =>
    caseOf({ rps, weight: 20, share, gate: gateWith({ minRequests: 5 }), use: step(75), counters: 'born' }),
  ),
);

/** The same, in windows that reach back before the first request of the canary. */
export const EARLY: readonly Case[] = [20, 120].flatMap((rps) =>
  RATES.map((share) =>
    caseOf({ rps, weight: 20, share, gate: gateWith({ intervalSeconds: 30 }), use: step(30), counters: 'born' }),
  ),
);
