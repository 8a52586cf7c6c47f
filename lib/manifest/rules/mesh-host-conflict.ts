import { example } from '../example';
import { fullHost, gatewaysOf, MESH } from '../istio';
import { childPath, identityOf, type KubeObject, listAt, nameOf } from '../object';
import type { ManifestRule } from '../rule';

const virtualService = (
  name: string,
  hosts: readonly string[],
  more: Readonly<Record<string, unknown>> = {},
): KubeObject =>
  example(
    'VirtualService',
    name,
    { spec: { hosts, http: [{ route: [{ destination: { host: 'web' } }] }], ...more } },
    { namespace: 'shop' },
  );

export const meshHostConflict: ManifestRule = {
  code: 'MAN058',
  severity: 'error',
  title: 'Two VirtualServices for one host in the mesh: the sidecars take one of them and leave the other out',
  reason:
    'Istio merges VirtualServices of one host for gateways only. For sidecars the older one wins, so the routes and weights of the other have no effect.',
  hint: 'put the routes in one VirtualService, or delegate from it',
  source: 'Istio 1.30, pkg/config/analysis/analyzers/virtualservice/conflictingmeshgatewayhosts.go (IST0109)',
  kinds: ['VirtualService'],
  examples: () => ({
    bad: [
      {
        objects: [virtualService('a', ['web']), virtualService('b', ['api', 'web.shop.svc.cluster.local'])],
        paths: ['spec.hosts[1]'],
      },
    ],
    good: [
      [virtualService('a', ['web']), virtualService('b', ['api'])],
      [
        virtualService('a', ['web.example.com'], { gateways: ['a'] }),
        virtualService('b', ['web.example.com'], { gateways: ['b'] }),
      ],
      [virtualService('a', ['web'], { exportTo: ['.'] }), virtualService('b', ['web'], { exportTo: ['other'] })],
    ],
  }),
  check: ({ ofKind }, report) => {
    const firstByHost = new Map<string, Map<string, KubeObject>>();
    for (const object of ofKind('VirtualService')) {
      if (!gatewaysOf(object).includes(MESH)) continue;
      const scopes = scopesOf(object);
      listAt(object, 'spec.hosts').forEach((host, i) => {
        if (typeof host !== 'string') return;
        const full = fullHost(host, object);
        let owners = firstByHost.get(full);
        if (owners === undefined) {
          owners = new Map();
          firstByHost.set(full, owners);
        }
        const other = ownerIn(owners, scopes);
        if (other !== undefined && identityOf(other) !== identityOf(object)) {
          report(object, childPath('spec.hosts', i), `${nameOf(other)} has routes for "${host}" in the mesh as well`);
        }
        for (const scope of scopes) if (!owners.has(scope)) owners.set(scope, object);
      });
    }
  },
};

const EVERYWHERE = '*';

/** The namespaces whose sidecars see an object. */
function scopesOf(object: KubeObject): readonly string[] {
  const exported = listAt(object, 'spec.exportTo').filter((scope) => typeof scope === 'string');
  if (exported.length === 0) return [EVERYWHERE];
  return exported.map((scope) => (scope === '.' ? (object.metadata.namespace ?? '') : scope));
}

/** The first object that has a host where one of the namespaces sees it. */
function ownerIn(owners: ReadonlyMap<string, KubeObject>, scopes: readonly string[]): KubeObject | undefined {
  if (scopes.includes(EVERYWHERE)) return owners.values().next().value;
  return owners.get(EVERYWHERE) ?? scopes.map((scope) => owners.get(scope)).find((owner) => owner !== undefined);
}
