import { example } from '../example';
import { httpPortsOf } from '../http-ports';
import { childPath, type KubeObject, nameOf } from '../object';
import { protocolOf } from '../port-protocol';
import type { ManifestRule } from '../rule';

const objects = (port: Readonly<Record<string, unknown>>): readonly KubeObject[] => [
  example('VirtualService', 'web', { spec: { hosts: ['web'], http: [{ route: [{ destination: { host: 'web' } }] }] } }),
  example('Service', 'web', { spec: { ports: [{ port: 80, ...port }] } }),
];

export const httpPortDeclared: ManifestRule = {
  code: 'MAN054',
  severity: 'warning',
  title: 'An http route to a port that says no protocol: Istio guesses it from the first bytes of each connection',
  reason:
    'Where the guess fails, or nothing is sent at first, the connection is taken for TCP and no weight applies to it. A gateway does not guess: it takes http.',
  hint: 'set appProtocol: http on the port (http2, grpc), or begin its name with http-',
  source: 'Istio 1.30, protocol selection; pkg/config/kube/conversion.go (P9)',
  kinds: ['VirtualService'],
  examples: () => ({
    bad: [{ objects: objects({ name: 'web' }), paths: ['spec.ports[0]'] }],
    good: [objects({ name: 'http-web' }), objects({ name: 'web', appProtocol: 'http' })],
  }),
  check: (group, report) => {
    for (const { virtualService, service, port, index } of httpPortsOf(group)) {
      if (protocolOf(port) !== 'sniffed') continue;
      const path = childPath('spec.ports', index);
      report(service, path, `${nameOf(virtualService)} routes it as http, and it says no protocol`);
    }
  },
};
