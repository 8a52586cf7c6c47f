import type { ManifestOf } from '@cdk8s/imports/wire';
import type { RouterKind, Routing } from '../../lib/catalog/service';
import type { ManifestObject } from '../manifest';
import type { ServiceScope, WorkloadScope } from '../names';
import type { CanarySpec } from '../strategies/rollout-strategy';

type ApplicationSpec = NonNullable<ManifestOf<'argoproj.io/v1alpha1/Application'>['spec']>;

/** What Argo CD must not take for drift. */
export type IgnoreDifferences = NonNullable<ApplicationSpec['ignoreDifferences']>;

/** What a canary is told of the routing: the objects whose weights it sets, and the Services that it switches. */
export type CanaryTraffic = Pick<CanarySpec, 'trafficRouting' | 'stableService' | 'canaryService' | 'pingPong'>;

export type RoutingOf<R extends RouterKind> = Extract<Routing, { readonly router: R }>;

/** What a router renders for a service, and what it tells the Rollout and Argo CD. */
export interface Router<R extends RouterKind> {
  /** The objects that lead requests to the service's workloads. */
  readonly objects: (scope: ServiceScope, routing: RoutingOf<R>) => readonly ManifestObject[];
  readonly canaryTraffic: (scope: WorkloadScope, routing: RoutingOf<R>) => CanaryTraffic;
  /** What the controllers write into the objects of the router. */
  readonly ignoreDifferences: (scope: ServiceScope, routing: RoutingOf<R>) => IgnoreDifferences;
}
