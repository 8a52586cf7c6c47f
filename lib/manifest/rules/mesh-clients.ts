import { example } from '../example';
import { fullHost, gatewaysOf, isDelegate, MESH, serviceOfHost, virtualServicesOf } from '../istio';
import { type KubeObject, listAt, textAt } from '../object';
import type { ManifestRule } from '../rule';

const objects = (hosts: readonly string[], gateways: readonly string[]): readonly KubeObject[] => {
  const to = (host: string, weight: number) => ({ destination: { host }, weight });
  return [
    example('Rollout', 'web', {
      spec: {
        strategy: {
          canary: {
            stableService: 'web',
            canaryService: 'web-canary',
            trafficRouting: { istio: { virtualService: { name: 'web', routes: ['primary'] } } },
          },
        },
      },
    }),
    example('VirtualService', 'web', {
      spec: { hosts, gateways, http: [{ name: 'primary', route: [to('web', 100), to('web-canary', 0)] }] },
    }),
    example('Service', 'web', { spec: { ports: [{ name: 'http', port: 80 }] } }),
    example('Service', 'web-canary', { spec: { ports: [{ name: 'http', port: 80 }] } }),
  ];
};

export const meshClients: ManifestRule = {
  code: 'MAN052',
  severity: 'warning',
  title: 'Clients in the mesh are not under the weights: they reach the canary by the number of its pods',
  reason:
    'A sidecar takes a VirtualService only if it lists the gateway "mesh", and only for the hosts that it lists. In a measured release of a bad version three percent of the requests from within the mesh failed, instead of half a percent.',
  hint: 'list "mesh" in gateways and the name of the Service in hosts, or let no client in the mesh call it',
  source: 'Istio 1.30: VirtualService, gateways and hosts; measured (P9, B14)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: objects(['web', 'www.example.com'], ['istio-ingress/public']), paths: ['spec.gateways'] },
      { objects: objects(['www.example.com'], ['mesh', 'istio-ingress/public']), paths: ['spec.hosts'] },
    ],
    good: [objects(['web', 'www.example.com'], ['mesh', 'istio-ingress/public']), objects(['web'], [])],
  }),
  check: (group, report) => {
    for (const object of group.ofKind('Rollout')) {
      for (const { virtualService } of virtualServicesOf(group, object)) {
        if (isDelegate(virtualService) || listAt(virtualService, 'spec.http').length === 0) continue;
        const { name } = virtualService.metadata;
        if (!gatewaysOf(virtualService).includes(MESH)) {
          report(
            virtualService,
            'spec.gateways',
            `VirtualService "${name}" is for gateways only, not for clients in the mesh`,
          );
        } else if (!listAt(virtualService, 'spec.hosts').some((host) => isInCluster(host, virtualService))) {
          report(
            virtualService,
            'spec.hosts',
            `VirtualService "${name}" lists no host by which clients in the mesh call "${stableHost(virtualService)}"`,
          );
        }
      }
    }
  },
};

const isInCluster = (host: unknown, near: KubeObject): boolean =>
  typeof host === 'string' &&
  (serviceOfHost(host, near) !== undefined || host.startsWith('*') || /\.(svc|local)$/.test(host));

/** The host that the first route sends to, for the message. */
const stableHost = (virtualService: KubeObject): string =>
  fullHost(textAt(virtualService, 'spec.http.0.route.0.destination.host') ?? '', virtualService).split('.')[0] ?? '';
