import type { AbTestStrategy, AlbRouting } from '../../lib/catalog/service';
import { releaseServices, workloadName } from '../../lib/catalog/workload-names';
import type { ServiceScope, WorkloadScope } from '../names';
import { type Action, ingress } from '../parts/ingress';
import { managedRoutes, managedRoutesOf } from './managed-routes';
import type { CanaryTraffic, IgnoreDifferences, Router } from './router';

/** An AWS Application Load Balancer splits the requests between two target groups. */
export const alb: Router<'alb'> = {
  objects: (scope, routing) => [ingress(scope, routing, actionsOf(scope))],
  canaryTraffic,
  ignoreDifferences,
};

/** The rules of the load balancer, the narrower first. */
function actionsOf({ service }: ServiceScope): readonly Action[] {
  const { name, strategy } = service;
  switch (strategy.kind) {
    // The controller owns this action and writes it before the first pod is there (P28).
    case 'canary':
      return [{ name, forward: undefined }];
    case 'abTest':
      return variantActions(name, strategy);
    case 'rolling':
    case 'blueGreen':
      return [{ name, forward: [{ service: name, weight: 100 }] }];
  }
}

/** A header leads to its variant; everybody else is given one by lot and kept there by the load balancer's own cookie. */
function variantActions(name: string, { variants, cookie }: AbTestStrategy): readonly Action[] {
  const byHeader = variants.flatMap((variant): Action[] => {
    const own = workloadName(name, variant.name);
    return variant.header === undefined
      ? []
      : [{ name: `${own}-header`, forward: [{ service: own, weight: 100 }], header: variant.header }];
  });
  const rest = 100 - variants.reduce((sum, { percent }) => sum + percent, 0);
  const forward = [
    { service: name, weight: rest },
    ...variants.flatMap((one) =>
      one.percent > 0 ? [{ service: workloadName(name, one.name), weight: one.percent }] : [],
    ),
  ];
  return [...byHeader, { name, forward, ...(forward.length > 1 ? { stickySeconds: cookie.maxAgeSeconds } : {}) }];
}

/** Ping-pong needs the root Service, which the Ingress names (P29). */
function canaryTraffic({ service }: WorkloadScope, routing: AlbRouting): CanaryTraffic {
  const { name, strategy } = service;
  const trafficRouting = {
    alb: { ingress: name, rootService: name, servicePort: routing.port.port },
    ...managedRoutesOf(strategy),
  };
  const { ping, pong, stable, canary } = releaseServices(strategy, routing);
  if (ping !== undefined && pong !== undefined)
    return { pingPong: { pingService: `${name}${ping}`, pongService: `${name}${pong}` }, trafficRouting };
  return { stableService: `${name}${stable ?? ''}`, canaryService: `${name}${canary ?? ''}`, trafficRouting };
}

/** The controller's action and its bookkeeping, and the paths of header routes (P42). */
function ignoreDifferences(scope: ServiceScope): IgnoreDifferences {
  const { service, environment } = scope;
  const { name, strategy } = service;
  if (strategy.kind !== 'canary') return [];
  const routes = managedRoutes(strategy);
  const written = [name, ...routes].map((one) => `alb.ingress.kubernetes.io/actions.${one}`);
  const conditions = routes.map((one) => `alb.ingress.kubernetes.io/conditions.${one}`);
  return [
    {
      group: 'networking.k8s.io',
      kind: 'Ingress',
      name,
      namespace: environment.namespace,
      jqPathExpressions: [
        ...[...written, ...conditions, 'rollouts.argoproj.io/managed-alb-annotations'].map(
          (key) => `.metadata.annotations["${key}"]`,
        ),
        ...routes.map((route) => `.spec.rules[]?.http.paths[]? | select(.backend.service.name == "${route}")`),
      ],
    },
  ];
}
