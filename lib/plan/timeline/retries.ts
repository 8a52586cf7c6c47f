import { PERCENTILES, RETRY_SECONDS, RETRY_SHARE } from '../assumptions';
import type { Luck } from './model';
import type { Released } from './released';

/** The time that the controller's own retries add to a release. */
export interface RetryModel {
  readonly medianSeconds: number;
  readonly p95Seconds: number;
  /** The median as if every weight change had the same part of it, for a timeline that ends at the median. */
  readonly medianSecondsEach: number;
}

export const NO_RETRIES: RetryModel = { medianSeconds: 0, p95Seconds: 0, medianSecondsEach: 0 };

/** Each weight change has its retry or not, independently of the others (B17); only splitting by subset has them. */
export function retriesOf({ routing }: Pick<Released, 'routing'>, weightChanges: number, luck: Luck): RetryModel {
  if (weightChanges === 0 || luck === 'none' || routing.router !== 'istio' || routing.splitting !== 'subset')
    return NO_RETRIES;
  if (luck === 'every') {
    const all = RETRY_SECONDS * weightChanges;
    return { medianSeconds: all, p95Seconds: all, medianSecondsEach: RETRY_SECONDS };
  }
  const seconds = (share: number) => RETRY_SECONDS * binomialQuantile(weightChanges, RETRY_SHARE, share);
  const medianSeconds = seconds(PERCENTILES.median);
  return { medianSeconds, p95Seconds: seconds(PERCENTILES.p95), medianSecondsEach: medianSeconds / weightChanges };
}

/** The smallest number of successes among n that is not exceeded with probability `share`. */
export function binomialQuantile(n: number, p: number, share: number): number {
  let probability = (1 - p) ** n;
  let sum = probability;
  let k = 0;
  while (sum < share && k < n) {
    probability *= ((n - k) / (k + 1)) * (p / (1 - p));
    sum += probability;
    k += 1;
  }
  return k;
}
