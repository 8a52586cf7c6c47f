import { fieldAt, hasAt, nameOf } from '../../manifest/object';
import { pairOf, workload } from '../example';
import { containersByName, podSpecOf } from '../fields';
import type { DiffRule } from '../rule';

const READY = { readinessProbe: { httpGet: { path: '/', port: 8080 } } };
const DRAINED = { lifecycle: { preStop: { sleep: { seconds: 15 } } } };
const WEB = 'spec.template.spec.containers[name=web]';

export const drainShortened: DiffRule = {
  code: 'DIF098',
  severity: 'warning',
  title:
    'Pods get requests before they can serve, or end while they still do: requests fail in every release from now on',
  reason:
    'Without a readiness probe a pod gets requests as soon as its container starts. Without a preStop pause, or with too short a grace period, it ends before every proxy has heard that it leaves.',
  hint: 'keep the readiness probe, the pause, and a grace period longer than both the pause and the longest request',
  source: 'Kubernetes 1.34, documentation: Pod Lifecycle (P34)',
  kinds: ['Rollout', 'Deployment', 'StatefulSet', 'DaemonSet'],
  counted: ['workload comes or goes less gently', 'workloads come or go less gently'],
  examples: () => ({
    has: [
      { ...pairOf(workload('Rollout', READY), workload('Rollout')), paths: [`${WEB}.readinessProbe`] },
      { ...pairOf(workload('Rollout', DRAINED), workload('Rollout')), paths: [`${WEB}.lifecycle.preStop`] },
      {
        ...pairOf(
          workload('Deployment', {}, {}, { terminationGracePeriodSeconds: 60 }),
          workload('Deployment', {}, {}, { terminationGracePeriodSeconds: 5 }),
        ),
        paths: ['spec.template.spec.terminationGracePeriodSeconds'],
      },
    ],
    hasNot: [
      pairOf(workload('Rollout'), workload('Rollout', { ...READY, ...DRAINED })),
      pairOf(workload('Rollout'), workload('Rollout', {}, {}, { terminationGracePeriodSeconds: 30 })),
    ],
  }),
  check: ({ before, after }, _, tell) => {
    if (before === undefined || after === undefined) return;
    const name = nameOf(after.object);
    const then = containersByName(before.object);
    for (const [container, { container: now, path }] of containersByName(after.object)) {
      const old = then.get(container)?.container;
      for (const [field, told] of FIELDS) {
        if (hasAt(old, field) && !hasAt(now, field)) tell(`${path}.${field}`, `${name}: "${container}" ${told}`);
      }
    }
    const pods = podSpecOf(after.object);
    const grace = 'terminationGracePeriodSeconds';
    const [was, is] = [podSpecOf(before.object)?.spec, pods?.spec].map((spec) => fieldAt(spec, grace) ?? 30);
    if (typeof was === 'number' && typeof is === 'number' && is < was && pods !== undefined) {
      tell(`${pods.path}.${grace}`, `${name}: pods are given ${is} s to end, not ${was} s`);
    }
  },
};

const FIELDS = [
  ['readinessProbe', 'is never asked whether it is ready any more'],
  ['lifecycle.preStop', 'ends at once when its pod leaves'],
] as const;
