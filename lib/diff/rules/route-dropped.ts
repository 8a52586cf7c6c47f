import { virtualServicesOf } from '../../manifest/istio';
import { type KubeObject, listAt, nameOf, textAt } from '../../manifest/object';
import { istioCanary, virtualService } from '../example';
import type { DiffRule } from '../rule';

const renamedRoute = virtualService({ stable: 100, canary: 0 }, { name: 'main' });

export const routeDropped: DiffRule = {
  code: 'DIF072',
  severity: 'error',
  title: 'Drops a route that a Rollout names: the Rollout is InvalidSpec, and its weights move no more',
  reason:
    'Argo Rollouts looks for the routes that it is told by name. Without one it stops where it is, in the middle of a release too.',
  hint: 'name the new route in spec.strategy.canary.trafficRouting.istio first; remove the old one in a later change',
  source: 'Argo Rollouts 1.9.1, utils/istio: ValidateHTTPRoutes; measured (vs-route-unnamed)',
  kinds: ['VirtualService'],
  counted: ['route in use is dropped', 'routes in use are dropped'],
  examples: () => ({
    has: [
      {
        before: [virtualService(), istioCanary()],
        after: [renamedRoute, istioCanary()],
        paths: ['spec.http[name=primary]'],
      },
    ],
    hasNot: [
      { before: [virtualService(), istioCanary()], after: [virtualService(), istioCanary()] },
      { before: [virtualService()], after: [renamedRoute] },
    ],
  }),
  check: ({ before, after }, { after: group }, tell) => {
    if (before === undefined || after === undefined) return;
    const left = new Set(routesIn(after.object));
    const dropped = routesIn(before.object).filter((name) => !left.has(name));
    if (dropped.length === 0) return;
    for (const rollout of group.ofKind('Rollout')) {
      for (const { virtualService: routed, routes } of virtualServicesOf(group, rollout)) {
        if (routed !== after.object) continue;
        for (const name of dropped.filter((one) => routes.includes(one)))
          tell(`spec.http[name=${name}]`, `${nameOf(rollout)} still names the route "${name}"`);
      }
    }
  },
};

const routesIn = (object: KubeObject): readonly string[] =>
  ['http', 'tls', 'tcp'].flatMap((protocol) =>
    listAt(object, `spec.${protocol}`).flatMap((route) => textAt(route, 'name') ?? []),
  );
