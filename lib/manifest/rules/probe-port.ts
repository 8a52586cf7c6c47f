import { fieldAt, listAt, textAt } from '../object';
import { POD_KINDS, podTemplatesOf } from '../pods';
import type { ManifestRule } from '../rule';
import { served, servingContainer } from '../served-example';

const probing = (port: string | number) => servingContainer({ readinessProbe: { httpGet: { path: '/', port } } });

export const probePort: ManifestRule = {
  code: 'MAN118',
  severity: 'error',
  title: 'A probe of a port that its container does not name: it fails always, and the pod never becomes ready',
  reason:
    'The kubelet looks the name up among the ports of the same container, and counts a name that it does not find as a failure.',
  hint: 'give the probe the name or the number of a port of its container',
  source: 'Kubernetes 1.34, pkg/probe/util.go: ResolveContainerPort',
  kinds: POD_KINDS,
  examples: () => ({
    bad: [{ objects: served(probing('web')), paths: ['spec.template.spec.containers[0].readinessProbe.httpGet.port'] }],
    good: [served(probing('http')), served(probing(8080))],
  }),
  check: (group, report) => {
    for (const template of podTemplatesOf(group)) {
      for (const { container, at } of template.containers) {
        for (const asker of ASKERS) {
          const handlers = fieldAt(container, asker);
          const port = handlers === undefined ? undefined : portOf(handlers);
          if (typeof port !== 'string' || /^[0-9]+$/.test(port)) continue;
          if (listAt(container, 'ports').some((one) => textAt(one, 'name') === port)) continue;
          const kind = fieldAt(handlers, 'httpGet') === undefined ? 'tcpSocket' : 'httpGet';
          const name = textAt(container, 'name') ?? '';
          report(
            template.owner,
            at(...asker.split('.'), kind, 'port'),
            `container "${name}" has no port named "${port}"`,
          );
        }
      }
    }
  },
};

const ASKERS = ['readinessProbe', 'livenessProbe', 'startupProbe', 'lifecycle.preStop', 'lifecycle.postStart'] as const;

const portOf = (handlers: unknown): unknown => fieldAt(handlers, 'httpGet.port') ?? fieldAt(handlers, 'tcpSocket.port');
