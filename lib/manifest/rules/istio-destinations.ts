import { canary, example } from '../example';
import { routesToPatch } from '../istio-routes';
import { fieldAt, type KubeObject, listAt, textAt } from '../object';
import { CANARY, DESTINATION_RULE } from '../rollout';
import type { ManifestRule } from '../rule';

const services = () =>
  ['web', 'web-canary'].map((name) => example('Service', name, { spec: { selector: { app: 'web' } } }));
const objects = (...hosts: readonly string[]): readonly KubeObject[] => [
  canary({
    stableService: 'web',
    canaryService: 'web-canary',
    trafficRouting: { istio: { virtualService: { name: 'web', routes: ['primary'] } } },
  }),
  ...services(),
  example('VirtualService', 'web', {
    spec: {
      hosts: ['web'],
      http: [
        { name: 'primary', route: hosts.map((host, i) => ({ destination: { host }, weight: i === 0 ? 100 : 0 })) },
      ],
    },
  }),
];

export const istioDestinations: ManifestRule = {
  code: 'MAN029',
  severity: 'error',
  title: 'A route of a Rollout that does not lead to both versions: InvalidSpec',
  reason:
    'The controller shifts weight between the destination of the canary and that of the stable version. Where a DestinationRule is named it looks for the two subsets, else for the two Services.',
  hint: 'give the route one destination for each version: the Services by name, or the subsets of the DestinationRule',
  source:
    'Argo Rollouts 1.9.1, rollout/trafficrouting/istio/istio.go: validateVirtualServiceRouteDestinations; measured (vs-only-stable-destination, services-plus-destinationrule, dr-subset-names-missing)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [{ objects: objects('web'), paths: ['spec.http[0].route'] }],
    good: [objects('web', 'web-canary'), objects('web.shop.svc.cluster.local', 'web-canary.shop.svc.cluster.local')],
  }),
  check: (group, report) => {
    for (const object of group.ofKind('Rollout')) {
      const wanted = wantedBy(object);
      if (wanted === undefined) continue;
      for (const { virtualService, route, path } of routesToPatch(group, object)) {
        const targets = listAt(route, 'route').map(wanted.of);
        const missing = wanted.names.filter(([name]) => name === '' || !targets.includes(name));
        for (const [name, role] of missing) {
          const what = name === '' ? `the Rollout names no ${role}` : `no destination is the ${role} "${name}"`;
          report(virtualService, `${path}.route`, `${what} of Rollout "${object.metadata.name}"`);
        }
      }
    }
  },
};

interface Wanted {
  readonly of: (target: unknown) => string | undefined;
  readonly names: readonly (readonly [name: string, role: string])[];
}

/** What the controller looks for in a route; undefined where the Rollout does not say it, which is told elsewhere. */
function wantedBy(object: KubeObject): Wanted | undefined {
  const rule = fieldAt(object, DESTINATION_RULE);
  if (textAt(rule, 'name') !== undefined) {
    return {
      of: (target) => textAt(target, 'destination.subset'),
      names: ['canarySubsetName', 'stableSubsetName'].map((field) => [
        textAt(rule, field) ?? '',
        field.replace('Name', ''),
      ]),
    };
  }
  const canary = fieldAt(object, CANARY);
  const pair = ['canaryService', 'stableService'].map((role) => [textAt(canary, role) ?? '', role] as const);
  const pingPong = textAt(canary, 'pingPong.pingService');
  // Those of ping-pong take their place only where neither is named.
  if (pingPong !== undefined && pair.every(([name]) => name === '')) {
    pair.splice(0, 2, [textAt(canary, 'pingPong.pongService') ?? '', 'pongService'], [pingPong, 'pingService']);
  }
  // The controller compares what stands before the first dot.
  const of = (target: unknown) => textAt(target, 'destination.host')?.split('.')[0];
  return pair.some(([name]) => name === '') ? undefined : { of, names: pair };
}
