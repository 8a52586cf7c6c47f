import { errorFunction } from 'simple-statistics';
import type { Latency } from './behaviour';

/**
 * The bounds of the buckets of a histogram, in seconds. Those of Istio's proxies are Envoy's (source/common/stats/histogram_impl.cc:
 * ConstSupportedBuckets, in ms).
 */
export const PROXY_BUCKETS: readonly number[] = [
  0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600, 1800, 3600,
];

/** 95th percentile of the standard normal distribution. */
const Z95 = 1.6448536269514722;

/** Share of the requests that take longer than a time. */
export function shareAbove(latency: Latency, seconds: number): number {
  if (seconds <= 0) return 1;
  const deviation = Math.log(latency.p95Seconds / latency.medianSeconds) / Z95;
  const distance = Math.log(seconds / latency.medianSeconds);
  if (deviation <= 0) return distance < 0 ? 1 : 0;
  return (1 - errorFunction(distance / deviation / Math.SQRT2)) / 2;
}

/**
 * The share of slow requests by which histogram_quantile() tells whether a quantile is above a bound. It interpolates within a
 * bucket as if latencies were spread evenly in it (promql/quantile.go of Prometheus: bucketQuantile), so that of the bucket around
 * the bound the part above it counts; the quantile is above the bound when this share is above 1 - quantile. Without known buckets
 * the true share stands.
 */
export function shareCountedAbove(latency: Latency, bound: number, buckets: readonly number[] | undefined): number {
  if (buckets === undefined) return shareAbove(latency, bound);
  const above = buckets.findIndex((edge) => edge >= bound);
  // Of what is above the last bucket nothing is known: the quantile is then the last bound.
  if (above === -1) return 0;
  const [low, high] = [buckets[above - 1] ?? 0, buckets[above] ?? bound];
  const [aboveLow, aboveHigh] = [shareAbove(latency, low), shareAbove(latency, high)];
  return aboveHigh + (aboveLow - aboveHigh) * ((high - bound) / (high - low));
}

/** The same behaviour, so many times as slow. */
export const slower = ({ medianSeconds, p95Seconds }: Latency, times: number): Latency => ({
  medianSeconds: medianSeconds * times,
  p95Seconds: p95Seconds * times,
});
