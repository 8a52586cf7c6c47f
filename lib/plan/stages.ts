import type { Gate } from '../catalog/service';
import { type Phase, type Timeline, totalOf } from './timeline/model';

/** The part of a release between two changes of the weight. */
export interface Stage {
  /** Share of the requests that the new version answers, in %. */
  readonly weight: number;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Those that are wanted when it begins; the pods of the next weight are started at its end. */
  readonly stablePods: number;
  readonly canaryPods: number;
  /** The most of all pods in it, those included that start or end. */
  readonly peakPods: number;
  /** Requests that the new version answers in it; undefined where the traffic is not known. */
  readonly exposedRequests: number | undefined;
  readonly gates: readonly string[];
  readonly waitsForPerson: boolean;
  readonly tail: boolean;
}

/** A timeline as people look at it: from one weight to the next. */
export function stagesOf(timeline: Timeline, requestsPerSecond: number | undefined): readonly Stage[] {
  const groups: Phase[][] = [];
  for (const phase of timeline.phases) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    if (group && first?.weight === phase.weight && (first.kind === 'tail') === (phase.kind === 'tail'))
      group.push(phase);
    else groups.push([phase]);
  }
  return groups.map((phases) => stageOf(timeline, phases, requestsPerSecond));
}

function stageOf(timeline: Timeline, phases: readonly Phase[], requestsPerSecond: number | undefined): Stage {
  const [first] = phases;
  const { weight = 0, fromSeconds = 0, stablePods = 0, canaryPods = 0, kind } = first ?? {};
  const toSeconds = phases.at(-1)?.toSeconds ?? fromSeconds;
  const seconds = toSeconds - fromSeconds;
  return {
    weight,
    fromSeconds,
    toSeconds,
    stablePods,
    canaryPods,
    peakPods: peakBetween(timeline, fromSeconds, toSeconds),
    exposedRequests: requestsPerSecond === undefined ? undefined : (requestsPerSecond * seconds * weight) / 100,
    gates: [...new Set(phases.flatMap(({ gates }) => gates).map(({ name }: Gate) => name))],
    waitsForPerson: phases.some((phase) => phase.kind === 'person'),
    tail: kind === 'tail',
  };
}

function peakBetween({ pods }: Timeline, from: number, to: number): number {
  const before = pods.filter(({ atSeconds }) => atSeconds <= from).at(-1);
  const within = pods.filter(({ atSeconds }) => atSeconds > from && atSeconds < to);
  return Math.max(...[...(before === undefined ? [] : [before]), ...within].map(totalOf));
}
