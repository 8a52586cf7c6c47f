import type { IstioRouting } from '../../lib/catalog/service';
import { CANARY_SUBSET, type ServiceScope, STABLE_SUBSET, type WorkloadScope } from '../names';
import { destinationRules } from './istio/destination-rules';
import { virtualService, weightedRoutes } from './istio/virtual-service';
import { hasWeightedExperiment, managedRoutes, managedRoutesOf } from './managed-routes';
import type { CanaryTraffic, IgnoreDifferences, Router } from './router';

const GROUP = 'networking.istio.io';

/** Requests are split by the proxies, of callers in the mesh and of the gateways alike. */
export const istio: Router<'istio'> = {
  objects: (scope, routing) => [...destinationRules(scope, routing), virtualService(scope, routing)],
  canaryTraffic,
  ignoreDifferences,
};

/** What a Rollout must know of the routing: the routes whose weights it sets, and between what it splits (P1). */
function canaryTraffic(scope: WorkloadScope, { splitting }: IstioRouting): CanaryTraffic {
  const { name, strategy } = scope.service;
  const routes = weightedRoutes(scope).map(([route]) => route);
  const destinationRule = { name, canarySubsetName: CANARY_SUBSET, stableSubsetName: STABLE_SUBSET };
  const trafficRouting = {
    istio: { virtualService: { name, routes }, ...(splitting === 'subset' ? { destinationRule } : {}) },
    ...managedRoutesOf(strategy),
  };
  if (splitting === 'subset') return { trafficRouting };
  return { stableService: `${name}-stable`, canaryService: `${name}-canary`, trafficRouting };
}

/** What Argo CD must not take for drift: what a canary writes while it goes on, and nothing else of the routing (B6, B11, P40). */
function ignoreDifferences(scope: ServiceScope, { splitting }: IstioRouting): IgnoreDifferences {
  const { strategy, name } = scope.service;
  if (strategy.kind !== 'canary') return [];
  const { namespace } = scope.environment;
  const experiment = hasWeightedExperiment(strategy);
  const foreign = `(. == "${CANARY_SUBSET}" or . == "${STABLE_SUBSET}" | not)`;
  const routes = weightedRoutes(scope).flatMap(([route]) => {
    const own = `.spec.http[]? | select(.name == "${route}") | .route[]?`;
    return [...(experiment ? [`${own} | select(.destination.subset | ${foreign})`] : []), `${own}.weight`];
  });
  const managed = managedRoutes(strategy).map((route) => `.spec.http[]? | select(.name == "${route}")`);
  const weights = {
    group: GROUP,
    kind: 'VirtualService',
    name,
    namespace,
    jqPathExpressions: [...managed, ...routes],
  };
  if (splitting === 'host') return [weights];
  return [
    weights,
    {
      group: GROUP,
      kind: 'DestinationRule',
      name,
      namespace,
      jqPathExpressions: [
        ...(experiment ? [`.spec.subsets[]? | select(.name | ${foreign})`] : []),
        '.spec.subsets[]?.labels["rollouts-pod-template-hash"]',
      ],
    },
  ];
}
