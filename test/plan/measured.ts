import type { CanaryStrategy, Service } from '../../lib/catalog/service';
import { canaryOf, sampleScope } from '../tools/catalog';

/**
 * The service that was released on a real cluster (Kubernetes 1.34.8, Argo Rollouts 1.10.2, Istio 1.30.3): 5 replicas that are ready
 * 3 s after they are created, with a preStop of 5 s, behind a gateway, split by subset.
 */
export function measuredService(steps: CanaryStrategy['steps'], strategy: Partial<CanaryStrategy> = {}): Service {
  const { service } = sampleScope('frontend');
  return {
    ...service,
    requestsPerSecond: 100,
    scale: { kind: 'fixed', replicas: 5 },
    podStartSeconds: 4,
    shutdown: { preStopSeconds: 5, drainSeconds: 25 },
    strategy: { ...canaryOf(service), minReadySeconds: 0, background: undefined, ...strategy, steps },
  };
}

export const WEIGHTS = [10, 25, 50, 75] as const;

/** Weights, each watched for a while. */
export const watched = (seconds: readonly number[]): CanaryStrategy['steps'] =>
  WEIGHTS.flatMap((weight, i) => [
    { kind: 'setWeight', weight } as const,
    { kind: 'pause', durationSeconds: seconds[i] ?? 15 } as const,
  ]);
