import { fieldAt, listAt, numberAt } from '../object';
import { POD_KINDS, podPath, podTemplatesOf } from '../pods';
import type { ManifestRule } from '../rule';
import { served, servingContainer } from '../served-example';

const sleeping = (...command: readonly string[]) => servingContainer({ lifecycle: { preStop: { exec: { command } } } });
const GRACE = 'spec.template.spec.terminationGracePeriodSeconds';

export const prestopBudget: ManifestRule = {
  code: 'MAN120',
  severity: 'error',
  title: 'preStop takes all of the time that a pod gets to end: requests in flight are cut by SIGKILL',
  reason:
    'The grace period begins with preStop and is 30 s by default. What preStop leaves is all that the process has to finish its requests after SIGTERM.',
  hint: 'make terminationGracePeriodSeconds longer than preStop and the drain together',
  source: 'Kubernetes 1.34: pod termination; the grace period includes preStop (P34)',
  kinds: POD_KINDS,
  examples: () => ({
    bad: [
      { objects: served(sleeping('sleep', '30')), paths: [GRACE] },
      { objects: served(sleeping('/bin/sh', '-c', 'sleep 45; nginx -s quit')), paths: [GRACE] },
      { objects: served(servingContainer({ lifecycle: { preStop: { sleep: { seconds: 60 } } } })), paths: [GRACE] },
    ],
    good: [
      served(sleeping('sleep', '15')),
      served(sleeping('sleep', '30'), { spec: { terminationGracePeriodSeconds: 60 } }),
    ],
  }),
  check: (group, report) => {
    for (const template of podTemplatesOf(group)) {
      const graceSeconds = numberAt(template.spec, 'terminationGracePeriodSeconds') ?? 30;
      let longest = 0;
      for (const { container } of template.containers) {
        longest = Math.max(longest, sleepSeconds(fieldAt(container, 'lifecycle.preStop'), template.owner.kind));
      }
      if (longest < graceSeconds || longest === 0) continue;
      const message = `preStop sleeps ${longest} s of ${graceSeconds} s`;
      report(template.owner, podPath(template, 'terminationGracePeriodSeconds'), message);
    }
  },
};

/** How long a preStop sleeps; the native action of a Rollout is MAN006's. */
function sleepSeconds(preStop: unknown, kind: string): number {
  if (preStop === undefined) return 0;
  if (kind !== 'Rollout') {
    const seconds = numberAt(preStop, 'sleep.seconds');
    if (seconds !== undefined) return seconds;
  }
  const command = listAt(preStop, 'exec.command').join(' ');
  return Number(/(?:^|[\s;&"'/])sleep\s+"?([0-9]+)s?(?![0-9.smhd])/.exec(command)?.[1] ?? 0);
}
