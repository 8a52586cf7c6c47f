import type { Gate, GateKind } from './service';

/** A field of a gate that only some kinds have. */
export type GateField =
  | 'atMost'
  | 'atLeast'
  | 'atMostSeconds'
  | 'quantile'
  | 'of'
  | 'query'
  | 'windowSeconds'
  | 'minRequests'
  | 'relative'
  | 'auto';

export interface GateKindFacts {
  /** The fields of which exactly one states what passes. */
  readonly bounds: readonly ('atMost' | 'atLeast' | 'atMostSeconds')[];
  /** Its other fields. */
  readonly fields: readonly GateField[];
  /** Whether its bound is a share, so that a bound above 1 can only be a percentage by mistake. */
  readonly ratio: boolean;
  /** The question, for documents and for the template's annotation. */
  readonly asks: string;
  /** Its bound where the catalog gives none. */
  readonly defaultBound?: Gate['bound'];
}

/** One line for each kind of gate; a new kind does not compile until it is here and in charts/parts/gates. */
export const GATE_KIND_FACTS: { readonly [Kind in GateKind]: GateKindFacts } = {
  readyPods: { bounds: ['atLeast'], fields: [], ratio: true, asks: 'which share of the canary pods is ready' },
  restarts: {
    bounds: ['atMost'],
    fields: [],
    ratio: false,
    asks: 'how often containers of the canary have restarted',
    defaultBound: { direction: 'atMost', value: 0 },
  },
  cpu: {
    bounds: ['atMost'],
    fields: ['of', 'windowSeconds'],
    ratio: true,
    asks: 'which share of its CPU request or limit the canary uses',
  },
  memory: {
    bounds: ['atMost'],
    fields: ['of'],
    ratio: true,
    asks: 'which share of its memory request or limit the canary uses',
  },
  errorRate: {
    bounds: ['atMost'],
    fields: ['windowSeconds', 'minRequests', 'relative', 'auto'],
    ratio: true,
    asks: 'which share of the requests to the canary failed',
  },
  successRate: {
    bounds: ['atLeast'],
    fields: ['windowSeconds', 'minRequests', 'auto'],
    ratio: true,
    asks: 'which share of the requests to the canary succeeded',
  },
  latency: {
    bounds: ['atMostSeconds'],
    fields: ['quantile', 'windowSeconds', 'minRequests', 'relative', 'auto'],
    ratio: false,
    asks: 'how long the canary takes to answer',
  },
  query: {
    bounds: ['atMost', 'atLeast'],
    fields: ['query'],
    ratio: false,
    asks: 'what its own query says of the canary',
  },
};

/** All the fields that belong to some kinds only. */
export const GATE_FIELDS: readonly GateField[] = [
  'atMost',
  'atLeast',
  'atMostSeconds',
  'quantile',
  'of',
  'query',
  'windowSeconds',
  'minRequests',
  'relative',
  'auto',
];

/** Whether a kind looks back over a window of scrapes. */
export const hasWindow = (kind: GateKind): boolean => GATE_KIND_FACTS[kind].fields.includes('windowSeconds');

/** Whether a kind divides by requests, so that it must have seen enough of them. */
export const countsRequests = (kind: GateKind): boolean => GATE_KIND_FACTS[kind].fields.includes('minRequests');

/**
 * The measurements without an answer that a gate forgives where it is used. At a step at least one measurement must
 * have passed when both limits are used up: count - failureLimit - inconclusiveLimit >= 1. In the background Argo Rollouts measures until the steps end, so that count
 * does not apply and one missing answer must not pause a long release.
 */
export function inconclusiveLimitOf(gate: Gate, use: 'step' | 'background'): number {
  if (gate.inconclusiveLimit !== undefined) return gate.inconclusiveLimit;
  return use === 'background'
    ? 4
    : Math.max(0, Math.min(Math.floor(gate.count / 2), gate.count - gate.failureLimit - 1));
}
