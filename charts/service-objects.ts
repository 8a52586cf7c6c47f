import type { ManifestObject } from './manifest';
import type { ServiceScope } from './names';
import { configMap, externalSecret } from './parts/config';
import { analysisTemplate, gateUses } from './parts/gates/analysis-template';
import { migrationObjects } from './parts/migrations';
import { podMonitor, prometheusRule } from './parts/monitoring';
import { allPodsService, networkPolicy, serviceAccount } from './parts/network';
import { rollout } from './parts/rollout';
import { horizontalPodAutoscaler, podDisruptionBudget } from './parts/scaling';
import { ROUTERS } from './routers';

/** Everything that one service needs in one environment, in the order in which Argo CD applies it. */
export function serviceObjects(scope: ServiceScope): readonly ManifestObject[] {
  const { strategy, routing } = scope.service;
  return [
    ...migrationObjects(scope),
    serviceAccount(scope),
    configMap(scope),
    externalSecret(scope),
    networkPolicy(scope),
    podDisruptionBudget(scope),
    allPodsService(scope),
    ...gateUses(strategy).map(({ gate, use }) => analysisTemplate(scope, gate, use)),
    podMonitor(scope),
    prometheusRule(scope),
    ...ROUTERS[routing.router].objects(scope),
    rollout(scope),
    horizontalPodAutoscaler(scope),
  ].filter((object) => object !== undefined);
}
