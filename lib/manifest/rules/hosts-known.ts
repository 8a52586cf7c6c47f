import { nearest } from '../../diagnostic/nearest';
import { example } from '../example';
import { destinationsOf, findService, fullHost, type ServiceName, serviceOfHost } from '../istio';
import { type KubeObject, listAt, textAt } from '../object';
import { oncePerGroup } from '../pods';
import type { ManifestRule, ObjectGroup, ReportObject } from '../rule';

const objects = (host: string): readonly KubeObject[] => [
  example('Service', 'web', { spec: { ports: [{ name: 'http', port: 80 }] } }, { namespace: 'shop' }),
  example(
    'VirtualService',
    'web',
    { spec: { hosts: ['web'], http: [{ route: [{ destination: { host } }] }] } },
    { namespace: 'shop' },
  ),
];

export const hostsKnown: ManifestRule = {
  code: 'MAN064',
  severity: 'warning',
  title:
    'A host of the cluster that no Service has: requests to it get 503, and a DestinationRule for it has no effect',
  reason:
    'Istio accepts a host that it does not know. A route to it answers 503 until a Service of that name is there; a rule for it applies to nothing.',
  hint: 'correct the host, or check that the Service is deployed from somewhere else',
  source: 'Istio 1.30, pkg/config/analysis/analyzers/virtualservice/destinationhosts.go (IST0101)',
  kinds: ['VirtualService', 'DestinationRule'],
  examples: () => ({
    bad: [
      { objects: objects('wbe'), paths: ['spec.http[0].route[0].destination.host'] },
      { objects: objects('wbe.shop.svc.cluster.local'), paths: ['spec.http[0].route[0].destination.host'] },
    ],
    good: [
      objects('web'),
      objects('web.shop.svc.cluster.local'),
      objects('api.other.svc.cluster.local'),
      objects('example.com'),
      [...objects('db'), example('ServiceEntry', 'db', { spec: { hosts: ['db.shop.svc.cluster.local'] } })],
    ],
  }),
  check: (group, report) => {
    if (group.ofKind('Service').length === 0) return;
    for (const object of group.ofKind('VirtualService')) {
      let checked = '';
      for (const { full, service, path } of destinationsOf(object)) {
        if (full !== checked) checkHost(group, object, full, service, () => `${path()}.host`, report);
        checked = full;
      }
    }
    for (const object of group.ofKind('DestinationRule')) {
      const host = textAt(object, 'spec.host') ?? '';
      checkHost(group, object, fullHost(host, object), serviceOfHost(host, object), () => 'spec.host', report);
    }
  },
};

/** A host is told only where other Services of its namespace are there: then this one would be expected as well. */
function checkHost(
  group: ObjectGroup,
  object: KubeObject,
  full: string,
  service: ServiceName | undefined,
  path: () => string,
  report: ReportObject,
): void {
  if (service === undefined || findService(group, service, object) !== undefined) return;
  const names = servicesByNamespace(group).get(service.namespace);
  if (names === undefined || entryHosts(group).has(full)) return;
  const similar = nearest(service.name, names);
  const meant = similar === undefined ? '' : `; there is "${similar}"`;
  report(object, path(), `there is no Service "${service.name}" in the namespace${meant}`);
}

const servicesByNamespace = oncePerGroup(({ ofKind }): ReadonlyMap<string | undefined, ReadonlySet<string>> => {
  const names = new Map<string | undefined, Set<string>>();
  for (const { metadata } of ofKind('Service')) {
    const same = names.get(metadata.namespace);
    if (same === undefined) names.set(metadata.namespace, new Set([metadata.name]));
    else same.add(metadata.name);
  }
  return names;
});

/** Hosts that ServiceEntries define. */
const entryHosts = oncePerGroup(
  (group): ReadonlySet<string> =>
    new Set(
      group
        .ofKind('ServiceEntry')
        .flatMap((entry) =>
          listAt(entry, 'spec.hosts').flatMap((host) => (typeof host === 'string' ? [fullHost(host, entry)] : [])),
        ),
    ),
);
