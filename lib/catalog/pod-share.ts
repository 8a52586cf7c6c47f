import type { Pods } from './service';

/** How many pods a weight becomes when the pods are the weight. */
export interface PodShare {
  readonly canary: number;
  readonly total: number;
}

/** A number of pods, or the share of the replicas rounded up, as Kubernetes resolves a surge. */
export function podCount(pods: Pods, replicas: number): number {
  return typeof pods === 'number' ? pods : Math.ceil((replicas * Number.parseInt(pods, 10)) / 100);
}

/** The pods that carry a weight behind a router, rounded up (Argo Rollouts 1.9.1, utils/replicaset/canary.go: trafficWeightToReplicas). */
export const podsForWeight = (replicas: number, weight: number): number => Math.ceil((weight * replicas) / 100);

/**
 * The pods of a canary without a router: the same choice as that of Argo Rollouts 1.9.1
 * (utils/replicaset/canary.go, approximateWeightedCanaryStableReplicaCounts).
 */
export function podShare(replicas: number, weight: number, maxSurge: Pods): PodShare {
  if (replicas === 0) return { canary: 0, total: 0 };
  const surge = podCount(maxSurge, replicas);
  const up = Math.ceil((replicas * weight) / 100);
  const down = Math.floor((replicas * weight) / 100);
  const zeroAllowed = weight === 100 || weight === 0 || (replicas === 1 && surge === 0);
  const options: PodShare[] = [];
  if (up < replicas || zeroAllowed) options.push({ canary: up, total: replicas });
  if (!isTied(replicas, weight) && (down !== 0 || zeroAllowed)) options.push({ canary: down, total: replicas });
  if (surge > 0) {
    options.push({ canary: up, total: replicas + 1 });
    if (!isTied(replicas + 1, weight) && (down !== 0 || zeroAllowed))
      options.push({ canary: down, total: replicas + 1 });
  }
  const [first = { canary: 0, total: replicas }, ...others] = options;
  return others.reduce((best, one) => (distance(one, weight) < distance(best, weight) ? one : best), first);
}

const isTied = (total: number, weight: number): boolean => (total * weight) % 100 === 50;

const distance = ({ canary, total }: PodShare, weight: number): number => Math.abs((canary * 100) / total - weight);
