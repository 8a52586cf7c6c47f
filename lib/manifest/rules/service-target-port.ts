import { childPath, fieldAt, listAt, nameOf, textAt } from '../object';
import { type PodTemplate, templatesOfService } from '../pods';
import type { ManifestRule } from '../rule';
import { served } from '../served-example';

const ports = (targetPort: string | number) => ({ service: { ports: [{ name: 'http', port: 80, targetPort }] } });

export const serviceTargetPort: ManifestRule = {
  code: 'MAN115',
  severity: 'error',
  title: 'A Service for a port that no container names: it has endpoints without a port, and refuses every request',
  reason:
    'A targetPort in letters is looked up among the names of the container ports of each pod. A pod without one is left out of the port.',
  hint: 'give targetPort the name or the number of a container port',
  source: 'Kubernetes 1.34, staging/src/k8s.io/endpointslice: FindPort',
  kinds: ['Service'],
  examples: () => ({
    bad: [{ objects: served(undefined, ports('web')), paths: ['spec.ports[0].targetPort'] }],
    good: [served(undefined, ports('http')), served(undefined, ports(9000))],
  }),
  check: (group, report) => {
    for (const object of group.ofKind('Service')) {
      const named = listAt(object, 'spec.ports').map((port) => fieldAt(port, 'targetPort'));
      if (!named.some((target) => typeof target === 'string')) continue;
      const templates = templatesOfService(group, object);
      const [first] = templates;
      if (first === undefined) continue;
      const names = new Set(templates.flatMap(portNames));
      named.forEach((target, i) => {
        if (typeof target !== 'string' || names.has(target) || /^[0-9]+$/.test(target)) return;
        const path = childPath('spec.ports', i, 'targetPort');
        report(object, path, `no container of ${nameOf(first.owner)} has a port named "${target}"`);
      });
    }
  },
};

const portNames = (template: PodTemplate): readonly string[] =>
  template.containers.flatMap(({ container }) =>
    listAt(container, 'ports').flatMap((port) => textAt(port, 'name') ?? []),
  );
