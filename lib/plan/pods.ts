import type { Scale } from '../catalog/service';
import { CONTAINER_START_SECONDS } from './assumptions';
import type { ProbeTimes, Released } from './timeline/released';

/** The pods of the steady state; of an autoscaled service the fewest, which is when a release hurts most. */
export const steadyPodsOf = (scale: Scale): number => (scale.kind === 'fixed' ? scale.replicas : scale.minReplicas);

/** From the creation of a pod to the moment at which Argo Rollouts counts it as available, in seconds. */
export function podAvailableSeconds(service: Pick<Released, 'probes' | 'strategy' | 'podStartSeconds'>): number {
  return podReadySeconds(service) + service.strategy.minReadySeconds;
}

/** From the creation of a pod to its first readiness, in seconds: what the catalog says, or else the shortest time that its probes allow. */
export function podReadySeconds({ probes, podStartSeconds }: Pick<Released, 'probes' | 'podStartSeconds'>): number {
  if (podStartSeconds !== undefined) return podStartSeconds;
  const { startup, readiness } = probes;
  const started = startup === undefined ? 0 : firstProbeSeconds(startup);
  const answered = Math.max(started, firstProbeSeconds(readiness));
  return CONTAINER_START_SECONDS + answered + (readiness.successThreshold - 1) * readiness.periodSeconds;
}

/** A kubelet probes at multiples of the period and passes over those before the initial delay (Kubernetes 1.34, prober/worker.go: run, doProbe). */
const firstProbeSeconds = ({ initialDelaySeconds, periodSeconds }: ProbeTimes): number =>
  Math.ceil(initialDelaySeconds / periodSeconds) * periodSeconds;
