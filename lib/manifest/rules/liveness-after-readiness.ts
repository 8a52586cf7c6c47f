import { fieldAt, numberAt } from '../object';
import { POD_KINDS, podTemplatesOf } from '../pods';
import type { ManifestRule } from '../rule';
import { served, servingContainer } from '../served-example';

const httpGet = { path: '/health', port: 'http' };
const container = (liveness: Readonly<Record<string, unknown>>) =>
  servingContainer({ readinessProbe: { httpGet, periodSeconds: 10 }, livenessProbe: { httpGet, ...liveness } });

export const livenessAfterReadiness: ManifestRule = {
  code: 'MAN103',
  severity: 'warning',
  title:
    'A liveness probe that fails as soon as the readiness probe does: under load pods are restarted instead of relieved',
  reason:
    'Both ask the same question, and the liveness probe gives up no later. A slow answer, or a database that is away for a moment, then restarts every pod at once.',
  hint: 'ask liveness something of the process alone, or let it fail later: a larger failureThreshold',
  source: 'Kubernetes 1.34: configure liveness, readiness and startup probes',
  kinds: POD_KINDS,
  examples: () => ({
    bad: [
      { objects: served(container({ periodSeconds: 10 })), paths: ['spec.template.spec.containers[0].livenessProbe'] },
      { objects: served(container({ periodSeconds: 5 })), paths: ['spec.template.spec.containers[0].livenessProbe'] },
    ],
    good: [
      served(container({ periodSeconds: 10, failureThreshold: 6 })),
      served(container({ httpGet: { path: '/live', port: 'http' } })),
    ],
  }),
  check: (group, report) => {
    for (const template of podTemplatesOf(group)) {
      for (const { container, at } of template.containers) {
        const liveness = fieldAt(container, 'livenessProbe');
        const readiness = fieldAt(container, 'readinessProbe');
        if (liveness === undefined || readiness === undefined) continue;
        if (patienceSeconds(liveness) > patienceSeconds(readiness) || handlerOf(liveness) !== handlerOf(readiness))
          continue;
        const message = `it gives up after ${patienceSeconds(liveness)} s, readiness after ${patienceSeconds(readiness)} s, and both ask the same`;
        report(template.owner, at('livenessProbe'), message);
      }
    }
  },
};

/** What a probe asks, as text. */
const handlerOf = (probe: unknown): string =>
  JSON.stringify(['httpGet', 'tcpSocket', 'exec', 'grpc'].map((kind) => fieldAt(probe, kind) ?? null));

/** How long a probe may fail. */
const patienceSeconds = (probe: unknown): number =>
  (numberAt(probe, 'periodSeconds') ?? 10) * (numberAt(probe, 'failureThreshold') ?? 3);
