import type { Strategy, StrategyKind } from '../../lib/catalog/service';
import type { ServiceScope, WorkloadScope, WorkloadStrategy } from '../names';
import { abTestWorkloads } from './ab-test';
import { blueGreenWorkloads } from './blue-green';

export type StrategyByKind = { readonly [K in StrategyKind]: Extract<Strategy, { readonly kind: K }> };

/** The workloads of each strategy; a new one does not compile until it is here. */
const WORKLOADS: {
  readonly [K in StrategyKind]: (scope: ServiceScope, strategy: StrategyByKind[K]) => readonly WorkloadScope[];
} = {
  rolling: single,
  blueGreen: blueGreenWorkloads,
  canary: single,
  abTest: abTestWorkloads,
};

function single(scope: ServiceScope, strategy: WorkloadStrategy): readonly WorkloadScope[] {
  return [{ ...scope, service: { ...scope.service, strategy } }];
}

const KNOWN = new WeakMap<ServiceScope, readonly WorkloadScope[]>();

/** Everything of a service that has pods: one workload, or one for each variant or colour; made once for all who ask. */
export function workloadsOf(scope: ServiceScope): readonly WorkloadScope[] {
  const { strategy } = scope.service;
  const found = KNOWN.get(scope) ?? workloads(scope, strategy.kind, strategy);
  KNOWN.set(scope, found);
  return found;
}

function workloads<K extends StrategyKind>(
  scope: ServiceScope,
  kind: K,
  strategy: StrategyByKind[K],
): readonly WorkloadScope[] {
  return WORKLOADS[kind](scope, strategy);
}
