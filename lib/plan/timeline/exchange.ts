import { podCount } from '../../catalog/pod-share';
import type { Pace, Pods } from '../../catalog/service';
import { podAvailableSeconds } from '../pods';
import type { Clock, Told } from './clock';
import type { Released, TimedGate } from './released';

/** A share of pods that may be missing is rounded down, as Kubernetes does. */
export const missingPods = (pods: Pods, replicas: number): number =>
  typeof pods === 'number' ? pods : Math.floor((replicas * Number.parseInt(pods, 10)) / 100);

const SIDES = ['stable', 'canary'] as const;

/**
 * Exchanges pods until there are as many of each version as wanted: as many are started as the surge leaves room for, old ones
 * end as far as enough are available (Argo Rollouts 1.9.1, utils/replicaset/canary.go: CalculateReplicaCountsForBasicCanary).
 * The pods are the weight, so that it follows them.
 */
export function exchange<G extends TimedGate>(
  clock: Clock<G>,
  service: Released,
  { maxSurge, maxUnavailable }: Pace,
  wanted: { readonly canary: number; readonly stable: number },
  told: Told<G>,
  shareOf: (newShare: number) => number = (newShare) => 100 * newShare,
): void {
  const { steadyPods } = clock;
  const most = steadyPods + podCount(maxSurge, steadyPods);
  const fewest = steadyPods - missingPods(maxUnavailable, steadyPods);
  const all = (): number => clock.pods('stable') + clock.pods('canary');
  const follow = (): void => {
    if (all() > 0) clock.share(shareOf(clock.pods('canary') / all()));
  };
  let moved = true;
  while (moved) {
    moved = false;
    for (const side of SIDES) {
      const leaving = Math.min(clock.pods(side) - wanted[side], all() - fewest);
      if (leaving <= 0) continue;
      clock.scale(side, clock.pods(side) - leaving);
      moved = true;
    }
    follow();
    const started = SIDES.filter((side) => {
      const starting = Math.min(wanted[side] - clock.pods(side), most - all());
      if (starting > 0) clock.scale(side, clock.pods(side) + starting);
      return starting > 0;
    });
    if (started.length === 0) continue;
    clock.pass('start', podAvailableSeconds(service), told);
    follow();
    moved = true;
  }
}
