import type { Objectives } from '../catalog/service';
import type { Behaviour, Truth } from './behaviour';
import { slower } from './latency';

/** What is wrong with a version. */
export type Regression =
  /** So many more of a hundred requests fail. */
  | { readonly kind: 'errors'; readonly points: number }
  /** Every request takes so many times as long. */
  | { readonly kind: 'latency'; readonly times: number };

/** What a plan is asked about, from what hurts few to what hurts everybody. */
export const REGRESSIONS: readonly Regression[] = [
  ...[0.5, 1, 2, 5, 10, 20, 50].map((points) => ({ kind: 'errors', points }) as const),
  ...[1.1, 1.25, 1.5, 2, 3, 5, 10].map((times) => ({ kind: 'latency', times }) as const),
];

/** How the service is in normal times; undefined of what the catalog does not say: no error, and no latency. */
export function normalOf({ errorRate, latency }: Objectives): Behaviour {
  return { errorRate: errorRate ?? 0, latency };
}

/** The truth of a release with a regression; undefined where it takes what is not known. */
export function truthOf(objectives: Objectives, regression: Regression | undefined): Truth | undefined {
  const stable = normalOf(objectives);
  if (regression === undefined) return { stable, canary: stable };
  if (regression.kind === 'errors')
    return { stable, canary: { ...stable, errorRate: Math.min(1, stable.errorRate + regression.points / 100) } };
  if (stable.latency === undefined) return undefined;
  return { stable, canary: { ...stable, latency: slower(stable.latency, regression.times) } };
}

/** The share of the requests to the new version that a regression fails. */
export const failingShare = (regression: Regression | undefined): number =>
  regression?.kind === 'errors' ? regression.points / 100 : 0;

/** How many times as long a request to the new version takes. */
export const timesOf = (regression: Regression | undefined): number =>
  regression?.kind === 'latency' ? regression.times : 1;
