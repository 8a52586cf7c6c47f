import { fieldAt, type KubeObject, listAt, nameOf } from '../../manifest/object';
import { pairOf, workload } from '../example';
import { containersByName, podSpecOf, textsOf } from '../fields';
import type { DiffRule } from '../rule';

const SAFE = {
  securityContext: {
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
};
const AT = 'spec.template.spec.containers[name=web].securityContext';

export const podsPrivileged: DiffRule = {
  code: 'DIF112',
  severity: 'warning',
  title: 'Widens access: containers may do more on their node',
  reason: 'What a container may do is what somebody may do who gets into it. A privileged one is the node.',
  hint: 'give back what it does not need; one capability is less than privileged',
  source: 'Kubernetes 1.34, documentation: Pod Security Standards',
  kinds: ['Rollout', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod'],
  counted: ['workload may do more on its node', 'workloads may do more on their nodes'],
  examples: () => ({
    has: [
      {
        ...pairOf(
          workload('Deployment', SAFE),
          workload('Deployment', { securityContext: { ...SAFE.securityContext, privileged: true } }),
        ),
        paths: [`${AT}.privileged`],
      },
      {
        ...pairOf(
          workload('Deployment', SAFE),
          workload('Deployment', { securityContext: { ...SAFE.securityContext, runAsNonRoot: false } }),
        ),
        paths: [`${AT}.runAsNonRoot`],
      },
    ],
    hasNot: [
      pairOf(workload('Deployment'), workload('Deployment', SAFE)),
      pairOf(workload('Deployment', SAFE), workload('Deployment', { ...SAFE, image: 'web:2' })),
    ],
  }),
  check: ({ before, after }, _, tell) => {
    if (before === undefined || after === undefined) return;
    const name = nameOf(after.object);
    const then = containersByName(before.object);
    for (const [container, { container: now, path }] of containersByName(after.object)) {
      const old = then.get(container)?.container;
      for (const { field, isOpen, told } of SETTINGS) {
        const [was, is] = [effective(before.object, old, field), effective(after.object, now, field)];
        if (isOpen(is) && !isOpen(was)) tell(`${path}.securityContext.${field}`, `${name}: "${container}" ${told}`);
      }
      const had = new Set(textsOf(listAt(old, 'securityContext.capabilities.add')));
      const gained = textsOf(listAt(now, 'securityContext.capabilities.add')).filter((one) => !had.has(one));
      if (gained.length > 0)
        tell(`${path}.securityContext.capabilities.add`, `${name}: "${container}" gets ${gained.join(', ')}`);
      const kept = new Set(textsOf(listAt(now, 'securityContext.capabilities.drop')));
      const lost = textsOf(listAt(old, 'securityContext.capabilities.drop')).filter(
        (one) => !kept.has(one) && !kept.has('ALL'),
      );
      if (lost.length > 0)
        tell(
          `${path}.securityContext.capabilities.drop`,
          `${name}: "${container}" does not give up ${lost.join(', ')} any more`,
        );
    }
  },
};

const SETTINGS: readonly {
  readonly field: string;
  readonly isOpen: (value: unknown) => boolean;
  readonly told: string;
}[] = [
  { field: 'privileged', isOpen: (value) => value === true, told: 'is privileged: it is the node' },
  {
    field: 'allowPrivilegeEscalation',
    isOpen: (value) => value !== false,
    told: 'may gain rights that it was not started with',
  },
  { field: 'runAsNonRoot', isOpen: (value) => value !== true, told: 'may run as root' },
  { field: 'runAsUser', isOpen: (value) => value === 0, told: 'runs as root' },
  { field: 'readOnlyRootFilesystem', isOpen: (value) => value !== true, told: 'may write to its own file system' },
  {
    field: 'seccompProfile.type',
    isOpen: (value) => value === 'Unconfined' || value === undefined,
    told: 'may make any system call',
  },
];

/** What holds for a container: what it says, else what its pod says. */
function effective(object: KubeObject, container: unknown, field: string): unknown {
  const own = fieldAt(container, `securityContext.${field}`);
  if (own !== undefined && own !== null) return own;
  return field === 'privileged' || container === undefined
    ? own
    : (fieldAt(podSpecOf(object)?.spec, `securityContext.${field}`) ?? undefined);
}
