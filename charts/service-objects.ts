import type { ManifestObject } from './manifest';
import type { ServiceScope, WorkloadScope } from './names';
import { configMap, externalSecret } from './parts/config';
import { analysisTemplate, gateUses } from './parts/gates/analysis-template';
import { migrationObjects } from './parts/migrations';
import { podMonitor, prometheusRule } from './parts/monitoring';
import { networkPolicy, serviceAccount, services } from './parts/network';
import { rollout } from './parts/rollout';
import { horizontalPodAutoscaler, podDisruptionBudget } from './parts/scaling';
import { routerObjects } from './routers';
import { workloadsOf } from './strategies/workloads';

/** Everything that one service needs in one environment, in the order in which Argo CD applies it. */
export function serviceObjects(scope: ServiceScope): readonly ManifestObject[] {
  const workloads = workloadsOf(scope);
  return [
    ...migrationObjects(scope),
    ...workloads.flatMap(surroundings),
    ...routerObjects(scope),
    ...workloads.flatMap((workload) => [rollout(workload), horizontalPodAutoscaler(workload)]),
  ].filter((object) => object !== undefined);
}

/** What a workload needs before its pods. */
function surroundings(workload: WorkloadScope): readonly (ManifestObject | undefined)[] {
  return [
    serviceAccount(workload),
    configMap(workload),
    externalSecret(workload),
    networkPolicy(workload),
    podDisruptionBudget(workload),
    ...services(workload),
    ...gateUses(workload.service.strategy).map(({ gate, use }) => analysisTemplate(workload, gate, use)),
    podMonitor(workload),
    prometheusRule(workload),
  ];
}
