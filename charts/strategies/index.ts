import type { WorkloadScope, WorkloadStrategy } from '../names';
import { blueGreen } from './blue-green';
import { canary } from './canary';
import { rolling } from './rolling';
import type { RolloutStrategy } from './rollout-strategy';
import type { StrategyByKind } from './workloads';

type WorkloadKind = WorkloadStrategy['kind'];

/** What the Rollout of a workload says of its strategy; a new one does not compile until it is here. */
const ROLLOUTS: {
  readonly [K in WorkloadKind]: (scope: WorkloadScope, strategy: StrategyByKind[K]) => RolloutStrategy;
} = {
  rolling,
  blueGreen,
  canary,
};

export function rolloutStrategy(scope: WorkloadScope): RolloutStrategy {
  const { strategy } = scope.service;
  return rolloutOf(scope, strategy.kind, strategy);
}

function rolloutOf<K extends WorkloadKind>(
  scope: WorkloadScope,
  kind: K,
  strategy: StrategyByKind[K],
): RolloutStrategy {
  return ROLLOUTS[kind](scope, strategy);
}
