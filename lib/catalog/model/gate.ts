import type { GATE_KINDS } from '../schema/release';

export type GateKind = (typeof GATE_KINDS)[number];

/** What passes: a bound on one number. Latencies are in seconds, ratios from 0 to 1. */
export interface Bound {
  readonly direction: 'atMost' | 'atLeast';
  readonly value: number;
}

export interface Gate {
  readonly name: string;
  readonly kind: GateKind;
  readonly bound: Bound;
  readonly quantile: number;
  readonly of: 'requests' | 'limits';
  /** PromQL of the kind `query`; empty for the others. */
  readonly query: string;
  readonly intervalSeconds: number;
  readonly count: number;
  readonly failureLimit: number;
  /** Undefined: by where the gate is used. */
  readonly inconclusiveLimit: number | undefined;
  readonly consecutiveErrorLimit: number;
  readonly initialDelaySeconds: number;
  readonly windowSeconds: number;
  readonly minRequests: number;
  /** Whether the bound holds for the difference to a baseline or control. */
  readonly relative: boolean;
  readonly dryRun: boolean;
}
