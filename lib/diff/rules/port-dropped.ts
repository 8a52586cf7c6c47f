import { example } from '../../manifest/example';
import { fieldAt, type KubeObject, listAt, nameOf, textAt } from '../../manifest/object';
import { isRenamed } from '../change';
import { referrersOf } from '../references';
import type { DiffRule } from '../rule';

const service = (...ports: readonly object[]) =>
  example('Service', 'web', { spec: { selector: { app: 'web' }, ports } });
const ingress = example('Ingress', 'web', {
  spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
});

export const portDropped: DiffRule = {
  code: 'DIF073',
  severity: 'error',
  title: 'Drops a port of a Service that something still sends to',
  reason:
    'Connections to a port that a Service does not have are refused at once, by every node; no release holds it up.',
  hint: 'add the new port beside the old one, move those who use it, and remove the old one later',
  source: 'Kubernetes 1.34, documentation: Service, multi-port Services',
  kinds: ['Service'],
  counted: ['port in use is dropped', 'ports in use are dropped'],
  examples: () => ({
    has: [
      { before: [service({ port: 80 }), ingress], after: [service({ port: 8080 }), ingress], paths: ['spec.ports'] },
    ],
    hasNot: [{ before: [service({ port: 80 }), ingress], after: [service({ port: 80 }, { port: 8080 }), ingress] }],
  }),
  check: ({ before, after }, { after: group }, tell) => {
    if (before === undefined || after === undefined || isRenamed(before.object, after.object)) return;
    const left = new Set(portsOf(after.object));
    const dropped = portsOf(before.object).filter((port) => !left.has(port));
    if (dropped.length === 0) return;
    for (const { object, path } of referrersOf(group, after.object)) {
      const port = usedPort(object, path);
      if (port === undefined || !dropped.includes(port)) continue;
      tell('spec.ports', `${nameOf(object)} still sends to port ${port} of ${nameOf(after.object)}`);
      return;
    }
  },
};

const portsOf = (object: KubeObject): readonly string[] =>
  listAt(object, 'spec.ports')
    .flatMap((port) => [String(fieldAt(port, 'port')), textAt(port, 'name') ?? ''])
    .filter((port) => port !== '');

/** The port beside the name by which a route names a Service. */
function usedPort(object: KubeObject, path: string): string | undefined {
  const holder = path.replace(/\.name$/, '');
  const port =
    fieldAt(object, `${holder}.port.number`) ??
    fieldAt(object, `${holder}.port.name`) ??
    fieldAt(object, `${holder}.port`);
  return typeof port === 'number' || typeof port === 'string' ? String(port) : undefined;
}
