import type { Gate, StrategyKind } from '../../catalog/service';
import type { TimedGate } from './released';

/** What a part of a release waits for. */
export type PhaseKind =
  /** New pods are started and must be available. */
  | 'start'
  /** The controller waits before it looks again (B17). */
  | 'retry'
  | 'pause'
  /** Somebody must resume, promote or commit: no time is counted. */
  | 'person'
  | 'analysis'
  | 'experiment'
  /** The release is done; the old pods stay for a while, then end. */
  | 'tail';

/** A part of a release in which the weight and the wanted numbers of pods are the same. Times are seconds since the first new pod was asked for. */
export interface Phase<G extends TimedGate = Gate> {
  readonly kind: PhaseKind;
  /** What it is, in the words of the catalog. */
  readonly label: string;
  /** Index of the step in the catalog; undefined for what has no step. */
  readonly step: number | undefined;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Share of the requests that the new version answers, in %. */
  readonly weight: number;
  readonly stablePods: number;
  readonly canaryPods: number;
  /** Gates that must pass before the next phase. */
  readonly gates: readonly G[];
}

/** The pods from a moment on. */
export interface PodSample {
  readonly atSeconds: number;
  readonly stable: number;
  readonly canary: number;
  /** Of an experiment. */
  readonly experiment: number;
  /** Asked to end and not yet gone. */
  readonly ending: number;
}

/** Gates that are measured beside the phases. */
export interface Background<G extends TimedGate = Gate> {
  readonly gates: readonly G[];
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** Which of the weight changes have a retry of the controller (B17): as many as at the median, none of them, or each. */
export type Luck = 'median' | 'none' | 'every';

/** A release as Argo Rollouts carries it out when every gate passes, at the median of what is left to chance. */
export interface Timeline<G extends TimedGate = Gate> {
  readonly strategy: StrategyKind;
  readonly phases: readonly Phase<G>[];
  readonly background: Background<G> | undefined;
  readonly pods: readonly PodSample[];
  readonly steadyPods: number;
  /** From the first new pod to full promotion, without the time for which a person is waited for. */
  readonly promotionSeconds: { readonly median: number; readonly p95: number };
  /** From the first new pod to the end of the last pod that is not of the steady state. */
  readonly totalSeconds: number;
}

/** The pods that exist, of every kind. */
export const totalOf = ({ stable, canary, experiment, ending }: Omit<PodSample, 'atSeconds'>): number =>
  stable + canary + experiment + ending;
