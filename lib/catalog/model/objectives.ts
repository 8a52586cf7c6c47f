/** What is normal for a service, what must be stopped, and what risk is accepted. */
export interface Objectives {
  /** Share of failed requests in normal times, from 0 to 1. */
  readonly errorRate: number | undefined;
  /** A release that fails such a share must be stopped. */
  readonly maxErrorRate: number | undefined;
  /** Undefined where nothing is said of latencies. */
  readonly latency: { readonly medianSeconds: number; readonly p95Seconds: number } | undefined;
  /** 95th percentile; a release as slow must be stopped. */
  readonly maxLatencySeconds: number | undefined;
  /** Accepted chance to stop a good release. */
  readonly falseAlarmRisk: number;
  /** Accepted chance to let a bad one through. */
  readonly missRisk: number;
  /** Longest time from the first pod to 100 %. */
  readonly promotionSeconds: number;
  readonly maxExtraPods: number | undefined;
}
