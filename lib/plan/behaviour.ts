/** How a version behaves, in truth. */
export interface Behaviour {
  /** Share of the requests that fail, from 0 to 1. */
  readonly errorRate: number;
  /** Undefined where nothing is known of it; gates on latency are then taken to pass. */
  readonly latency: Latency | undefined;
}

/** A log-normal distribution of latencies by two of its quantiles. */
export interface Latency {
  readonly medianSeconds: number;
  readonly p95Seconds: number;
}

/** What the two versions do while a release is judged. */
export interface Truth {
  readonly canary: Behaviour;
  readonly stable: Behaviour;
}
