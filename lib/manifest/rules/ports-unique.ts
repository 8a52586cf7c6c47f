import { example } from '../example';
import { childPath, hasAt, type KubeObject, listAt, numberAt, textAt } from '../object';
import { POD_KINDS, podTemplatesOf } from '../pods';
import type { ManifestRule } from '../rule';

const service = (...ports: readonly unknown[]): KubeObject => example('Service', 'web', { spec: { ports } });
const deployment = (...ports: readonly unknown[]): KubeObject =>
  example('Deployment', 'web', {
    spec: { template: { spec: { automountServiceAccountToken: false, containers: [{ name: 'web', ports }] } } },
  });

export const portsUnique: ManifestRule = {
  code: 'MAN106',
  severity: 'error',
  title: 'Ports that the API server refuses: two of one name or number, or several without names',
  reason:
    'Ports are referred to by name. The API server answers "Duplicate value" or "Required value", and the object is not applied.',
  hint: 'give every port a name and a number of its own',
  source: 'Kubernetes 1.34, pkg/apis/core/validation/validation.go: ValidateService, validateContainerPorts',
  kinds: ['Service', ...POD_KINDS],
  examples: () => ({
    bad: [
      { objects: [service({ name: 'http', port: 80 }, { name: 'http', port: 81 })], paths: ['spec.ports[1].name'] },
      { objects: [service({ name: 'http', port: 80 }, { port: 81 })], paths: ['spec.ports[1].name'] },
      { objects: [service({ name: 'a', port: 80 }, { name: 'b', port: 80 })], paths: ['spec.ports[1].port'] },
      {
        objects: [deployment({ name: 'http', containerPort: 80 }, { name: 'http', containerPort: 81 })],
        paths: ['spec.template.spec.containers[0].ports[1].name'],
      },
    ],
    good: [
      [service({ name: 'dns', port: 53, protocol: 'UDP' }, { name: 'dns-tcp', port: 53, protocol: 'TCP' })],
      [service({ port: 80 })],
      [deployment({ containerPort: 80 }, { containerPort: 81 })],
    ],
  }),
  check: (group, report) => {
    for (const object of group.ofKind('Service')) {
      const ports = listAt(object, 'spec.ports');
      const seen = new Set<string>();
      ports.forEach((port, i) => {
        const number = `${numberAt(port, 'port')}/${textAt(port, 'protocol') ?? 'TCP'}`;
        if (seen.has(number)) report(object, childPath('spec.ports', i, 'port'), `a second port ${number}`);
        seen.add(number);
        if (ports.length > 1 && !hasAt(port, 'name')) {
          report(object, childPath('spec.ports', i, 'name'), 'a port of several needs a name');
        }
      });
      eachRepeatedName(ports, (i, name) =>
        report(object, childPath('spec.ports', i, 'name'), `a second port named "${name}"`),
      );
    }
    for (const template of podTemplatesOf(group)) {
      for (const { container, at } of template.containers) {
        eachRepeatedName(listAt(container, 'ports'), (i, name) =>
          report(template.owner, at('ports', i, 'name'), `a second port named "${name}"`),
        );
      }
    }
  },
};

function eachRepeatedName(ports: readonly unknown[], tell: (i: number, name: string) => void): void {
  if (ports.length < 2) return;
  const seen = new Set<string>();
  ports.forEach((port, i) => {
    const name = textAt(port, 'name');
    if (name === undefined) return;
    if (seen.has(name)) tell(i, name);
    seen.add(name);
  });
}
