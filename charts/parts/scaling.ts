import type { ManifestOf } from '@cdk8s/imports/wire';
import type { Scale } from '../../lib/catalog/service';
import { metadataOf, type ServiceScope, selectorOf, WAVES, wave } from '../names';

/** The fewest pods of the steady state. */
export function fewestPods(scale: Scale): number {
  return scale.kind === 'fixed' ? scale.replicas : scale.minReplicas;
}

/**
 * One pod at a time may be taken away by a drain, over both versions together: Kubernetes 1.34 counts each ReplicaSet that
 * no Deployment owns with its own replicas (pkg/controller/disruption, getPodReplicaSet), so the sum is right in the middle
 * of a release too. Pods that are not ready do not hold up a drain. Nothing for a single pod: it would block every drain (P38).
 */
export function podDisruptionBudget(scope: ServiceScope): ManifestOf<'policy/v1/PodDisruptionBudget'> | undefined {
  if (fewestPods(scope.service.scale) < 2) return undefined;
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadataOf(scope),
    spec: {
      maxUnavailable: 1,
      selector: { matchLabels: selectorOf(scope.service) },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  };
}

/** In the Rollout's wave: earlier, its failure to find the Rollout would fail the first sync. */
export function horizontalPodAutoscaler(
  scope: ServiceScope,
): ManifestOf<'autoscaling/v2/HorizontalPodAutoscaler'> | undefined {
  const { scale } = scope.service;
  if (scale.kind === 'fixed') return undefined;
  const metric = (name: 'cpu' | 'memory', averageUtilization: number | undefined) =>
    averageUtilization === undefined
      ? []
      : [{ type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization } } }];
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadataOf(scope, '', wave(WAVES.rollout)),
    spec: {
      scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: scope.service.name },
      minReplicas: scale.minReplicas,
      maxReplicas: scale.maxReplicas,
      metrics: [...metric('cpu', scale.targetCpuPercent), ...metric('memory', scale.targetMemoryPercent)],
      behavior: { scaleDown: { stabilizationWindowSeconds: scale.scaleDownStabilizationSeconds } },
    },
  };
}
