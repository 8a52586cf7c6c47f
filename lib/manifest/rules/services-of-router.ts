import { canary, example } from '../example';
import { hasAt, type KubeObject, textAt } from '../object';
import { BLUE_GREEN, CANARY, DESTINATION_RULE, PING_PONG, ROUTING, type RouterName, routersOf } from '../rollout';
import type { ManifestRule, ReportObject } from '../rule';

const service = (name: string): KubeObject => example('Service', name, { spec: { selector: { app: 'web' } } });
const pingPong = (alb: object) =>
  canary({
    pingPong: { pingService: 'ping', pongService: 'pong' },
    trafficRouting: { alb: { ingress: 'web', ...alb } },
  });
const ingress = (): KubeObject =>
  example('Ingress', 'web', {
    spec: {
      rules: [{ http: { paths: [{ backend: { service: { name: 'root', port: { name: 'use-annotation' } } } }] } }],
    },
  });

/** Routers that send to Services, so that both must be named. Istio does unless it sends to subsets; both Istio and ALB play ping-pong with two others. */
const NEED_SERVICES: readonly RouterName[] = ['smi', 'apisix', 'ambassador', 'nginx', 'appMesh', 'traefik'];

export const servicesOfRouter: ManifestRule = {
  code: 'MAN015',
  severity: 'error',
  title: 'A router without the Services that it sends to: InvalidSpec',
  reason:
    'A router shifts weight from one Service to another. Without both names there is nothing to shift between; only Istio with a DestinationRule can do with subsets.',
  hint: 'name stableService and canaryService; for ping-pong name pingService, pongService and, with ALB, rootService',
  source:
    'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation.go: requireCanaryStableServices, ValidateRolloutStrategyCanary (P8, P29); measured (no-services)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      {
        objects: [canary({ stableService: 'web', trafficRouting: { smi: {} } }), service('web')],
        paths: [`${CANARY}.canaryService`],
      },
      {
        objects: [canary({ trafficRouting: { smi: {} } })],
        paths: [`${CANARY}.stableService`, `${CANARY}.canaryService`],
      },
      {
        objects: [pingPong({}), service('ping'), service('pong'), ingress()],
        paths: [`${ROUTING}.alb.rootService`],
      },
    ],
    good: [
      [
        canary({ stableService: 'web', canaryService: 'web-canary', trafficRouting: { smi: {} } }),
        service('web'),
        service('web-canary'),
      ],
      [canary({})],
    ],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      if (hasAt(object, BLUE_GREEN) && !textAt(object, `${BLUE_GREEN}.activeService`)) {
        report(object, `${BLUE_GREEN}.activeService`, 'blueGreen needs an activeService');
      }
      const routers = routersOf(object);
      if (needsServices(object, routers)) {
        for (const field of ['stableService', 'canaryService'] as const) {
          if (!textAt(object, `${CANARY}.${field}`))
            report(object, `${CANARY}.${field}`, `${routers.join(' and ')} needs a ${field}`);
        }
      }
      if (hasAt(object, PING_PONG)) checkPingPong(object, routers, report);
    }
  },
};

function needsServices(object: KubeObject, routers: readonly RouterName[]): boolean {
  const pingPong = hasAt(object, PING_PONG);
  if (routers.includes('alb') && !pingPong) return true;
  if (routers.includes('istio') && !pingPong && !hasAt(object, DESTINATION_RULE)) return true;
  return routers.some((router) => NEED_SERVICES.includes(router));
}

function checkPingPong(object: KubeObject, routers: readonly RouterName[], report: ReportObject): void {
  for (const field of ['pingService', 'pongService'] as const) {
    const path = `${CANARY}.pingPong.${field}`;
    if (!textAt(object, path)) report(object, path, `ping-pong needs a ${field}`);
  }
  if (routers.length > 0 && !routers.includes('alb') && !routers.includes('istio')) {
    report(object, `${CANARY}.pingPong`, `${routers.join(' and ')} cannot play ping-pong; ALB and Istio can`);
  }
  if (routers.includes('alb') && !textAt(object, `${ROUTING}.alb.rootService`)) {
    report(object, `${ROUTING}.alb.rootService`, 'ping-pong behind an ALB needs a rootService');
  }
}
