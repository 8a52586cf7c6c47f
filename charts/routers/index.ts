import type { RouterKind } from '../../lib/catalog/service';
import type { ManifestObject } from '../manifest';
import type { ServiceScope } from '../names';
import { destinationRule, istioIgnoreDifferences, istioTrafficRouting, virtualService } from './istio';

/** What a router renders for a service, and what it tells the Rollout and Argo CD. */
export interface Router {
  readonly objects: (scope: ServiceScope) => readonly ManifestObject[];
  readonly trafficRouting: (scope: ServiceScope) => ReturnType<typeof istioTrafficRouting>;
  readonly ignoreDifferences: (scope: ServiceScope) => ReturnType<typeof istioIgnoreDifferences>;
}

/** One file for each router; a new one does not compile until it is here. */
export const ROUTERS: { readonly [Kind in RouterKind]: Router } = {
  istio: {
    objects: (scope) => [destinationRule(scope), virtualService(scope)],
    trafficRouting: istioTrafficRouting,
    ignoreDifferences: istioIgnoreDifferences,
  },
};
