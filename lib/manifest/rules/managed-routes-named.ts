import { example } from '../example';
import { virtualServicesOf } from '../istio';
import { childPath, type KubeObject, listAt, textAt } from '../object';
import type { ManifestRule } from '../rule';

const rollout = (): KubeObject =>
  example('Rollout', 'web', {
    spec: {
      strategy: {
        canary: {
          trafficRouting: {
            managedRoutes: [{ name: 'header' }],
            istio: { virtualService: { name: 'web', routes: ['primary'] }, destinationRule: {} },
          },
        },
      },
    },
  });
const virtualService = (...names: readonly (string | undefined)[]): KubeObject => {
  const to = (subset: string, weight: number) => ({ destination: { host: 'web', subset }, weight });
  const http = names.map((name, i) => ({
    ...(name === undefined ? {} : { name }),
    match: [{ uri: { prefix: `/${i}` } }],
    route: [to('stable', 100), to('canary', 0)],
  }));
  return example('VirtualService', 'web', { spec: { hosts: ['web'], http } });
};

export const managedRoutesNamed: ManifestRule = {
  code: 'MAN050',
  severity: 'error',
  title: 'Routes that share a name, or have none, beside managed routes: every step multiplies them',
  reason:
    'To order the routes Argo Rollouts looks each one up by its name and takes all that match. Two routes without a name become four at the first step, then 16, then 256, until the object is too large.',
  hint: 'give each http route a name of its own',
  source: 'Argo Rollouts 1.9.1, rollout/trafficrouting/istio/istio.go: getOrderedVirtualServiceRoutes (P2)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: [rollout(), virtualService('primary', undefined, undefined)], paths: ['spec.http[2].name'] },
      { objects: [rollout(), virtualService('primary', 'api', 'api')], paths: ['spec.http[2].name'] },
    ],
    good: [
      [rollout(), virtualService('primary', undefined)],
      [rollout(), virtualService('primary', 'api')],
    ],
  }),
  check: (group, report) => {
    for (const object of group.ofKind('Rollout')) {
      if (listAt(object, 'spec.strategy.canary.trafficRouting.managedRoutes').length === 0) continue;
      for (const { virtualService } of virtualServicesOf(group, object)) {
        const seen = new Set<string>();
        listAt(virtualService, 'spec.http').forEach((route, i) => {
          const name = textAt(route, 'name') ?? '';
          if (seen.has(name)) {
            const which = name === '' ? 'a second route without a name' : `a second route named "${name}"`;
            report(
              virtualService,
              childPath('spec.http', i, 'name'),
              `${which}, and "${object.metadata.name}" orders routes by name`,
            );
          }
          seen.add(name);
        });
      }
    }
  },
};
