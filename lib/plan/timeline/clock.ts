import type { Gate } from '../../catalog/service';
import { steadyPodsOf } from '../pods';
import type { Phase, PhaseKind, PodSample, Timeline } from './model';
import type { Released, TimedGate } from './released';
import { NO_RETRIES, type RetryModel } from './retries';

type Side = 'stable' | 'canary' | 'experiment';

/** What a phase is called, and the step and the gates that it belongs to. */
export interface Told<G extends TimedGate = Gate> {
  readonly label: string;
  readonly step?: number | undefined;
  readonly gates?: readonly G[];
}

/** Plays a release: time passes, pods come and go, weights move. It begins with the steady state of the stable version. */
export class Clock<G extends TimedGate = Gate> {
  readonly steadyPods: number;
  #now = 0;
  #weight = 0;
  readonly #wanted: Record<Side, number>;
  readonly #phases: Phase<G>[] = [];
  /** Changes of the numbers of pods, by the second at which they happen. */
  readonly #changes = new Map<number, Record<Side | 'ending', number>>();
  readonly #service: Released;
  readonly #retries: RetryModel;
  #promoted: number | undefined;

  constructor(service: Released, retries = NO_RETRIES, steadyPods = steadyPodsOf(service.scale)) {
    this.#service = service;
    this.steadyPods = steadyPods;
    this.#wanted = { stable: steadyPods, canary: 0, experiment: 0 };
    this.#retries = retries;
    this.#change(0, { stable: steadyPods });
  }

  get now(): number {
    return this.#now;
  }

  get weight(): number {
    return this.#weight;
  }

  get phases(): readonly Phase<G>[] {
    return this.#phases;
  }

  pods(side: Side): number {
    return this.#wanted[side];
  }

  /** Asks for a number of pods: more are started at once, fewer end after their preStop. */
  scale(side: Side, pods: number): void {
    const difference = pods - this.#wanted[side];
    if (difference === 0) return;
    this.#wanted[side] = pods;
    this.#change(this.#now, { [side]: difference, ...(difference < 0 ? { ending: -difference } : {}) });
    if (difference < 0) this.#change(this.#now + this.#service.shutdown.preStopSeconds, { ending: difference });
  }

  /** Moves the share of the requests; with splitting by subset the controller may then wait (B17). */
  shift(weight: number, { label, step }: Told<G>): void {
    if (weight === this.#weight) return;
    this.#weight = weight;
    this.pass('retry', this.#retries.medianSecondsEach, { label, step });
  }

  /** The share of the requests where the pods are the weight. */
  share(weight: number): void {
    this.#weight = weight;
  }

  /** Lets time pass; what takes none leaves no phase, unless a person is waited for or a gate is asked once. */
  pass(kind: PhaseKind, seconds: number, { label, step, gates = [] }: Told<G>): void {
    if (seconds <= 0 && kind !== 'person' && gates.length === 0) return;
    this.#phases.push({
      kind,
      label,
      step,
      fromSeconds: this.#now,
      toSeconds: this.#now + seconds,
      weight: this.#weight,
      stablePods: this.#wanted.stable,
      canaryPods: this.#wanted.canary,
      gates,
    });
    this.#now += seconds;
  }

  /** The moment of full promotion. */
  promoted(): void {
    this.#promoted = this.#now;
  }

  /** The release as it was played. */
  timeline(background: Timeline<G>['background']): Timeline<G> {
    const pods = this.#samples();
    const promoted = this.#promoted ?? this.#now;
    return {
      strategy: this.#service.strategy.kind,
      phases: this.#phases,
      background,
      pods,
      steadyPods: this.steadyPods,
      promotionSeconds: { median: promoted, p95: promoted + this.#retries.p95Seconds - this.#retries.medianSeconds },
      totalSeconds: Math.max(this.#now, pods.at(-1)?.atSeconds ?? 0),
    };
  }

  #change(atSeconds: number, changes: Partial<Record<Side | 'ending', number>>): void {
    // What happens at one moment by two ways of counting is one change.
    const at = Math.round(atSeconds * 1e6) / 1e6;
    const known = this.#changes.get(at) ?? { stable: 0, canary: 0, experiment: 0, ending: 0 };
    for (const side of SIDES) known[side] += changes[side] ?? 0;
    this.#changes.set(at, known);
  }

  #samples(): readonly PodSample[] {
    const sum = { stable: 0, canary: 0, experiment: 0, ending: 0 };
    return [...this.#changes.entries()]
      .sort(([a], [b]) => a - b)
      .map(([atSeconds, changes]) => {
        for (const side of SIDES) sum[side] += changes[side];
        return { atSeconds, ...sum };
      });
  }
}

const SIDES = ['stable', 'canary', 'experiment', 'ending'] as const;
