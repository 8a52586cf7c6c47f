import { example } from '../example';
import { httpPortsOf } from '../http-ports';
import { childPath, type KubeObject, nameOf, textAt } from '../object';
import { protocolOf } from '../port-protocol';
import type { ManifestRule } from '../rule';

const objects = (port: Readonly<Record<string, unknown>>): readonly KubeObject[] => [
  example('VirtualService', 'web', { spec: { hosts: ['web'], http: [{ route: [{ destination: { host: 'web' } }] }] } }),
  example('Service', 'web', { spec: { ports: [{ port: 80, ...port }] } }),
];

export const httpPortProtocol: ManifestRule = {
  code: 'MAN053',
  severity: 'error',
  title: 'An http route to a port that is declared as something else: weights, matches and retries have no effect',
  reason:
    'Istio takes the protocol of a port from appProtocol, else from the word before the first dash of its name. A port declared as tcp, tls or https is forwarded as bytes, and no http route looks into it.',
  hint: 'set appProtocol: http on the port (http2, grpc), or route it under tcp or tls',
  source: 'Istio 1.30, pkg/config/kube/conversion.go: ConvertProtocol (P9)',
  kinds: ['VirtualService'],
  examples: () => ({
    bad: [
      { objects: objects({ name: 'tcp-web' }), paths: ['spec.ports[0].name'] },
      { objects: objects({ name: 'http', appProtocol: 'tcp' }), paths: ['spec.ports[0].appProtocol'] },
    ],
    good: [
      objects({ name: 'http' }),
      objects({ name: 'web', appProtocol: 'http' }),
      objects({ name: 'grpc-web' }),
      objects({ name: 'web', appProtocol: 'kubernetes.io/h2c' }),
    ],
  }),
  check: (group, report) => {
    for (const { virtualService, service, port, index } of httpPortsOf(group)) {
      if (protocolOf(port) !== 'other') continue;
      const said = textAt(port, 'appProtocol');
      report(
        service,
        childPath('spec.ports', index, said === undefined ? 'name' : 'appProtocol'),
        `${nameOf(virtualService)} routes it as http, and it is declared as "${said ?? textAt(port, 'name') ?? ''}"`,
      );
    }
  },
};
