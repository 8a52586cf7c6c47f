import { type GateOdds, gateOdds } from '../../lib/plan/gate';
import { PROXY_BUCKETS, slower } from '../../lib/plan/latency';
import { type Case, LATENCY } from './cases';
import { type Frequencies, play } from './simulator';

export const RELEASES = 10_000;

/** What the mathematics says of a case. */
export function exactly({ played, truth }: Case): GateOdds {
  const latency = truth.slower === undefined ? undefined : slower(LATENCY, truth.slower);
  const { gate, use, traffic, exposures } = played;
  return gateOdds(gate, use, {
    traffic,
    exposures,
    truth: {
      canary: { errorRate: truth.errorRate, latency },
      stable: { errorRate: truth.stableErrorRate, latency },
    },
    buckets: PROXY_BUCKETS,
  });
}

export const played = (one: Case, seed: number): Frequencies => play({ ...one.played, releases: RELEASES, seed });

/** Standard errors of a frequency that it may be off: over a thousand of them one in 150 runs would be, and the seeds are fixed. */
const DEVIATIONS = 4.5;

/** How far a frequency of that many releases may be from its probability. */
export const allowance = (probability: number): number =>
  DEVIATIONS * Math.sqrt((probability * (1 - probability)) / RELEASES) + 5 / RELEASES;

export const ENDINGS = ['passed', 'failed', 'inconclusive'] as const;

/** The largest distance between frequency and probability. */
export const distance = (exact: GateOdds, frequencies: Frequencies): number =>
  Math.max(...ENDINGS.map((ending) => Math.abs(exact[ending] - frequencies[ending])));
