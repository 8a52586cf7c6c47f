import type { BlueGreenStrategy } from '../../lib/catalog/service';
import { releaseServices, workloadName } from '../../lib/catalog/workload-names';
import type { ServiceScope, WorkloadScope } from '../names';
import { analysisOf } from '../parts/gates/analysis-template';
import { antiAffinityOf, type BlueGreenSpec, type RolloutStrategy } from './rollout-strategy';

/**
 * Both versions whole, and a switch of the Service's selector between them. The delay keeps the old version for longer
 * than the analysis after the switch (P27); Argo Rollouts then switches back when that fails.
 */
export function blueGreen(scope: WorkloadScope, strategy: BlueGreenStrategy): RolloutStrategy {
  const { name, routing } = scope.service;
  const { prePromotionGates, postPromotionGates, previewReplicas } = strategy;
  const { preview = '' } = releaseServices(strategy, routing);
  const analysis = (gates: typeof prePromotionGates) => analysisOf(scope, gates, 'step');
  const spec: BlueGreenSpec = {
    activeService: name,
    previewService: `${name}${preview}`,
    autoPromotionEnabled: strategy.promotion === 'automatic',
    ...(previewReplicas === undefined ? {} : { previewReplicaCount: previewReplicas }),
    scaleDownDelaySeconds: strategy.scaleDownDelaySeconds,
    abortScaleDownDelaySeconds: strategy.abortScaleDownDelaySeconds,
    ...antiAffinityOf(strategy.antiAffinity),
    ...(prePromotionGates.length === 0 ? {} : { prePromotionAnalysis: analysis(prePromotionGates) }),
    ...(postPromotionGates.length === 0 ? {} : { postPromotionAnalysis: analysis(postPromotionGates) }),
  };
  return { blueGreen: spec };
}

/** One workload with both versions in it; between two target groups two workloads, each of which exchanges its own pods. */
export function blueGreenWorkloads(scope: ServiceScope, strategy: BlueGreenStrategy): readonly WorkloadScope[] {
  const { service } = scope;
  const { routing } = service;
  if (routing.router !== 'albTargetGroups') return [{ ...scope, service: { ...service, strategy } }];
  return routing.colours.map(({ name, image, replicas }) => ({
    ...scope,
    prunedLast: true,
    service: {
      ...service,
      name: workloadName(service.name, name),
      image,
      scale: replicas === undefined ? service.scale : { kind: 'fixed', replicas },
      migrations: undefined,
      strategy: { ...strategy, kind: 'rolling', comparedWith: undefined },
    },
  }));
}
