import { podCount } from '../../catalog/pod-share';
import type { Pace, Pods } from '../../catalog/service';
import { podAvailableSeconds } from '../pods';
import type { Clock, Told } from './clock';
import type { Released, TimedGate } from './released';

/** A share of pods that may be missing is rounded down, as Kubernetes does. */
export const missingPods = (pods: Pods, replicas: number): number =>
  typeof pods === 'number' ? pods : Math.floor((replicas * Number.parseInt(pods, 10)) / 100);

const SIDES = ['stable', 'canary'] as const;

type Sides = Readonly<Record<(typeof SIDES)[number], number>>;

/** Pods that are exchanged for themselves: those of one workload. */
interface Pool {
  readonly steadyPods: number;
  readonly wanted: Sides;
  readonly pods: Record<keyof Sides, number>;
}

/**
 * Exchanges pods until there are as many of each version as wanted: as many are started as the surge leaves room for, old ones
 * end as far as enough are available (Argo Rollouts 1.9.1, utils/replicaset/canary.go: CalculateReplicaCountsForBasicCanary).
 * The pods are the weight, so that it follows them.
 */
export function exchange<G extends TimedGate>(
  clock: Clock<G>,
  service: Released,
  pace: Pace,
  wanted: Sides,
  told: Told<G>,
  shareOf?: (newShare: number) => number,
): void {
  const pods = { stable: clock.pods('stable'), canary: clock.pods('canary') };
  new Exchange(clock, [{ steadyPods: clock.steadyPods, wanted, pods }], pace).run(service, told, shareOf);
}

/** The same for several workloads that are exchanged at once, each by its own surge, from all old pods to all new ones. */
export function exchangeBeside<G extends TimedGate>(
  clock: Clock<G>,
  service: Released,
  pace: Pace,
  replicas: readonly number[],
  told: Told<G>,
  shareOf: (newShare: number) => number,
): void {
  const pools = replicas.map((one) => ({
    steadyPods: one,
    wanted: { canary: one, stable: 0 },
    pods: { canary: 0, stable: one },
  }));
  new Exchange(clock, pools, pace).run(service, told, shareOf);
}

class Exchange<G extends TimedGate> {
  readonly #clock: Clock<G>;
  readonly #pools: readonly Pool[];
  readonly #pace: Pace;

  constructor(clock: Clock<G>, pools: readonly Pool[], pace: Pace) {
    this.#clock = clock;
    this.#pools = pools;
    this.#pace = pace;
  }

  run(service: Released, told: Told<G>, shareOf = (newShare: number): number => 100 * newShare): void {
    const clock = this.#clock;
    const follow = (): void => {
      const all = clock.pods('stable') + clock.pods('canary');
      if (all > 0) clock.share(shareOf(clock.pods('canary') / all));
    };
    let moved = true;
    while (moved) {
      moved = this.#end();
      follow();
      if (!this.#start()) continue;
      clock.pass('start', podAvailableSeconds(service), told);
      follow();
      moved = true;
    }
  }

  /** Old pods end as far as enough are left. */
  #end(): boolean {
    return this.#move(({ steadyPods, wanted, pods }, side) => {
      const fewest = steadyPods - missingPods(this.#pace.maxUnavailable, steadyPods);
      return -Math.min(pods[side] - wanted[side], pods.stable + pods.canary - fewest);
    }, -1);
  }

  /** New pods start as far as there is room. */
  #start(): boolean {
    return this.#move(({ steadyPods, wanted, pods }, side) => {
      const most = steadyPods + podCount(this.#pace.maxSurge, steadyPods);
      return Math.min(wanted[side] - pods[side], most - pods.stable - pods.canary);
    }, 1);
  }

  /** Changes every pool by what it may change in one direction; gives whether any did. */
  #move(changeOf: (pool: Pool, side: keyof Sides) => number, direction: 1 | -1): boolean {
    let moved = false;
    for (const pool of this.#pools) {
      for (const side of SIDES) {
        const change = changeOf(pool, side);
        if (change * direction <= 0) continue;
        pool.pods[side] += change;
        this.#clock.scale(side, this.#clock.pods(side) + change);
        moved = true;
      }
    }
    return moved;
  }
}
