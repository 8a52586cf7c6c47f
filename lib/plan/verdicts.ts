import { countsRequests } from '../catalog/gate-kinds';
import type { Gate, Service } from '../catalog/service';
import type { Endings } from './analysis-run';
import type { Truth } from './behaviour';
import { type GateUse, gateOdds, type Setting } from './gate';
import { PROXY_BUCKETS } from './latency';
import type { Phase, Timeline } from './timeline/model';
import type { Exposure } from './traffic';

/** A gate as a release asks it. */
export interface AskedGate {
  readonly gate: Gate;
  readonly use: GateUse;
  /** Of an experiment: the share of each of the two sides, in %. */
  readonly experimentWeight: number | undefined;
}

/** How one asking ends, moment by moment. */
export interface Verdicts {
  readonly gate: string;
  readonly moments: readonly Moment[];
}

export interface Moment {
  readonly atSeconds: number;
  /** The run fails or errs here, and the release is aborted. */
  readonly aborts: number;
  /** The run is inconclusive here, and the release waits for a person. */
  readonly pauses: number;
}

/** The gates about requests, each as often as it is asked; others say nothing of a regression in errors or latency. */
export function askedGates(timeline: Timeline): readonly AskedGate[] {
  const stepGates = timeline.phases.flatMap((phase) =>
    // A preview that nobody asks has no requests; what testers send it is not known.
    phase.weight === 0
      ? []
      : phase.gates.map((gate) => ({ gate, use: useOf(phase), experimentWeight: experimentOf(timeline, phase) })),
  );
  const { background } = timeline;
  const beside = (background?.gates ?? []).map((gate) => ({
    gate,
    use: {
      kind: 'background',
      fromSeconds: background?.fromSeconds ?? 0,
      toSeconds: background?.toSeconds ?? 0,
    } as const,
    experimentWeight: undefined,
  }));
  return [...stepGates, ...beside].filter(({ gate }) => countsRequests(gate.kind) && !gate.dryRun);
}

const useOf = (phase: Phase): GateUse => ({ kind: 'step', fromSeconds: phase.fromSeconds });

/** What an experiment adds to the weight before it. */
function experimentOf({ phases }: Timeline, phase: Phase): number | undefined {
  if (phase.kind !== 'experiment') return undefined;
  const before = phases[phases.indexOf(phase) - 1];
  return phase.weight - (before?.weight ?? 0);
}

/** The shares of the requests over a release; what is promoted stays. */
export function exposuresOf({ phases }: Timeline): readonly Exposure[] {
  const found: Exposure[] = [];
  for (const { fromSeconds, toSeconds, weight } of phases) {
    const last = found.at(-1);
    if (last?.weight === weight) found[found.length - 1] = { ...last, toSeconds };
    else if (toSeconds > fromSeconds) found.push({ fromSeconds, toSeconds, weight });
  }
  const last = found.pop();
  return last === undefined ? [] : [...found, { ...last, toSeconds: Number.POSITIVE_INFINITY }];
}

/** How a gate's verdicts fall in truth. */
export function verdictsOf(
  service: Service,
  asked: AskedGate,
  exposures: readonly Exposure[],
  truth: Truth,
  scrapeIntervalSeconds: number,
): Verdicts {
  const { gate, use, experimentWeight } = asked;
  const requestsPerSecond = service.requestsPerSecond ?? 0;
  const setting: Setting = {
    truth,
    buckets: service.requestMetrics?.kind === 'proxy' ? PROXY_BUCKETS : undefined,
    ...(experimentWeight === undefined
      ? { traffic: { requestsPerSecond, scrapeIntervalSeconds }, exposures }
      : experiment(use.fromSeconds, (2 * requestsPerSecond * experimentWeight) / 100, scrapeIntervalSeconds)),
  };
  const { atSeconds, stops } = gateOdds(gate, use, setting);
  const last = atSeconds.at(-1) ?? use.fromSeconds;
  return {
    gate: gate.name,
    moments: stops
      .map((stop, i) => momentOf(atSeconds[i] ?? last + (i - atSeconds.length + 1) * gate.intervalSeconds, stop))
      .filter(({ aborts, pauses }) => aborts + pauses > 0),
  };
}

const momentOf = (atSeconds: number, { failed, errored, inconclusive }: Endings): Moment => ({
  atSeconds,
  aborts: failed + errored,
  pauses: inconclusive,
});

/** Baseline and canary have the same share, whatever the rest of the service gets. */
function experiment(
  fromSeconds: number,
  requestsPerSecond: number,
  scrapeIntervalSeconds: number,
): Pick<Setting, 'traffic' | 'exposures'> {
  return {
    traffic: { requestsPerSecond, scrapeIntervalSeconds },
    exposures: [{ fromSeconds, toSeconds: Number.POSITIVE_INFINITY, weight: 50 }],
  };
}
