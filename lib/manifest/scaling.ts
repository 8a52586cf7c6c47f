import { fieldAt, type KubeObject, listAt, numberAt, textAt } from './object';
import { oncePerGroup } from './pods';
import type { ObjectGroup } from './rule';

/** The kinds that have a number of pods. */
export const SCALED_KINDS = ['Rollout', 'Deployment', 'StatefulSet', 'ReplicaSet'] as const;
export type ScaledKind = (typeof SCALED_KINDS)[number];

/** What scales an object: a HorizontalPodAutoscaler of the group. */
export const autoscalersByTarget = oncePerGroup((group): ReadonlyMap<KubeObject, KubeObject> => {
  const byTarget = new Map<KubeObject, KubeObject>();
  for (const autoscaler of group.ofKind('HorizontalPodAutoscaler')) {
    const target = targetOf(group, autoscaler);
    if (target !== undefined) byTarget.set(target, autoscaler);
  }
  return byTarget;
});

/** The object that a HorizontalPodAutoscaler scales, if it is in the group. */
export function targetOf(group: ObjectGroup, autoscaler: KubeObject): KubeObject | undefined {
  const reference = fieldAt(autoscaler, 'spec.scaleTargetRef');
  const kind = SCALED_KINDS.find((one) => one === fieldAt(reference, 'kind'));
  return kind === undefined ? undefined : group.find(kind, textAt(reference, 'name') ?? '', autoscaler);
}

/** The least number of pods that an object is given; undefined where the manifests do not say it, as with an autoscaler elsewhere. */
export function leastPods(group: ObjectGroup, object: KubeObject): number | undefined {
  const autoscaler = autoscalersByTarget(group).get(object);
  return autoscaler === undefined ? numberAt(object, 'spec.replicas') : (numberAt(autoscaler, 'spec.minReplicas') ?? 1);
}

/** The Deployments whose pod template a Rollout takes: they have no pods of their own. */
export const borrowedDeployments = oncePerGroup(
  (group): ReadonlyMap<KubeObject, KubeObject> =>
    new Map(
      group.ofKind('Rollout').flatMap((rollout) => {
        if (textAt(rollout, 'spec.workloadRef.kind') !== 'Deployment') return [];
        const deployment = group.find('Deployment', textAt(rollout, 'spec.workloadRef.name') ?? '', rollout);
        return deployment === undefined ? [] : [[deployment, rollout] as const];
      }),
    ),
);

/** The metrics of a HorizontalPodAutoscaler. */
export const metricsOf = (autoscaler: KubeObject): readonly unknown[] => listAt(autoscaler, 'spec.metrics');
