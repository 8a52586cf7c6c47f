import type { Probe, Routing, Service } from '../catalog/service';
import { type PlanScope, planOf, type ReleasePlan } from './release-plan';

/** Plans many services: those that are alike to a plan are worked out once. */
export function planner(): (service: Service, scope: PlanScope) => ReleasePlan {
  const known = new Map<string, ReleasePlan>();
  return (service, scope) => {
    const shape = shapeOf(service, scope);
    const like = known.get(shape);
    if (like !== undefined) return { ...like, service: service.key, environment: scope.environment.name };
    const plan = planOf(service, scope);
    known.set(shape, plan);
    return plan;
  };
}

/** Everything of a service that its plan depends on; a test holds that against the plans themselves. */
function shapeOf(service: Service, { platform }: PlanScope): string {
  const { strategy, scale, probes, podStartSeconds, shutdown, gates, requestsPerSecond, objectives } = service;
  return JSON.stringify([
    strategy,
    routingShape(service.routing),
    scale,
    probeShape(probes.readiness),
    probes.startup && probeShape(probes.startup),
    podStartSeconds,
    shutdown,
    gates,
    requestsPerSecond,
    service.requestsPerSecondByHour,
    objectives,
    service.requestMetrics?.kind,
    // What decides how many objects there are.
    Object.keys(service.config).length > 0,
    Object.values(service.secrets).some(({ kind }) => kind === 'external'),
    service.ports.some(({ metricsPath }) => metricsPath !== undefined),
    platform.prometheus.scrapeIntervalSeconds,
  ]);
}

const probeShape = ({ initialDelaySeconds, periodSeconds, successThreshold }: Probe): readonly number[] => [
  initialDelaySeconds,
  periodSeconds,
  successThreshold,
];

/** Without the names of hosts, gateways and ports, which every service has of its own. */
function routingShape(routing: Routing): readonly unknown[] {
  const common = [routing.router, routing.mesh, routing.route53 !== undefined];
  switch (routing.router) {
    case 'istio':
      return [...common, routing.splitting];
    case 'albTargetGroups':
      return [
        ...common,
        routing.colours.map(({ name, weight, replicas }) => [name, weight, replicas]),
        routing.managedBy.kind,
      ];
    case 'alb':
      return [...common, routing.pingPong];
    case 'gatewayApi':
    case 'none':
      return common;
  }
}
