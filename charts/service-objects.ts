import type { ManifestObject } from './manifest';
import type { ServiceScope, WorkloadScope } from './names';
import { jobNames } from './parts/alerts/alert';
import { configMap, externalSecret } from './parts/config';
import { dashboardConfigMap } from './parts/dashboard';
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
  const migrations = migrationObjects(scope);
  return [
    ...migrations,
    ...workloads.flatMap((workload) => surroundings(workload, migrations)),
    ...routerObjects(scope),
    ...workloads.flatMap((workload) => [rollout(workload), horizontalPodAutoscaler(workload)]),
  ].filter((object) => object !== undefined);
}

/** What a workload needs before its pods. Variants and colours leave the migrations to the service. */
function surroundings(
  workload: WorkloadScope,
  migrations: readonly ManifestObject[],
): readonly (ManifestObject | undefined)[] {
  return [
    serviceAccount(workload),
    configMap(workload),
    externalSecret(workload),
    networkPolicy(workload),
    podDisruptionBudget(workload),
    ...services(workload),
    ...gateUses(workload.service.strategy).map(({ gate, use }) => analysisTemplate(workload, gate, use)),
    podMonitor(workload),
    dashboardConfigMap(workload),
    prometheusRule(workload, workload.service.migrations === undefined ? [] : jobNames(migrations)),
  ];
}
