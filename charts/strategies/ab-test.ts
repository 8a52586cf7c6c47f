import type { AbTestStrategy, Gate, RollingStrategy } from '../../lib/catalog/service';
import { workloadName } from '../../lib/catalog/workload-names';
import type { ServiceScope, WorkloadScope } from '../names';

/**
 * The control and each variant are workloads of their own, since the subsets of a DestinationRule that a Rollout owns
 * belong to its two versions only (P3). Each exchanges its own pods; the gates stand beside the releases of the variants.
 */
export function abTestWorkloads(scope: ServiceScope, strategy: AbTestStrategy): readonly WorkloadScope[] {
  const { service } = scope;
  const control: WorkloadScope = {
    ...scope,
    service: { ...service, strategy: rollingOf(strategy, strategy.background?.gates ?? [], undefined) },
  };
  const variants = strategy.variants.map(
    ({ name, image, replicas }): WorkloadScope => ({
      ...scope,
      prunedLast: true,
      service: {
        ...service,
        name: workloadName(service.name, name),
        image,
        scale: { kind: 'fixed', replicas },
        migrations: undefined,
        strategy: rollingOf(strategy, strategy.gates, service.name),
      },
    }),
  );
  return [control, ...variants];
}

function rollingOf(
  strategy: AbTestStrategy,
  gates: readonly Gate[],
  comparedWith: string | undefined,
): RollingStrategy {
  const { antiAffinity, minReadySeconds, progressDeadlineSeconds, revisionHistoryLimit, rollbackWindowRevisions } =
    strategy;
  return {
    kind: 'rolling',
    antiAffinity,
    minReadySeconds,
    progressDeadlineSeconds,
    revisionHistoryLimit,
    rollbackWindowRevisions,
    maxSurge: strategy.maxSurge,
    maxUnavailable: strategy.maxUnavailable,
    background: gates.length === 0 ? undefined : { gates },
    comparedWith,
  };
}
