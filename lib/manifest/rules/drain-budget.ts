import { example } from '../example';
import { listAt, numberAt } from '../object';
import type { ManifestRule } from '../rule';

const rollout = (sleepSeconds: number) =>
  example('Rollout', 'web', {
    spec: {
      template: {
        spec: {
          terminationGracePeriodSeconds: 30,
          containers: [{ name: 'web', lifecycle: { preStop: { sleep: { seconds: sleepSeconds } } } }],
        },
      },
    },
  });

const GRACE = 'spec.template.spec.terminationGracePeriodSeconds';

export const drainBudget: ManifestRule = {
  code: 'MAN006',
  severity: 'error',
  title: 'preStop takes all of the time that a pod gets to end: requests in flight are cut by SIGKILL',
  reason:
    'The grace period begins with preStop. What preStop leaves is all that the process has to finish its requests after SIGTERM.',
  hint: 'make terminationGracePeriodSeconds longer than preStop and the drain together',
  source: 'Kubernetes: the grace period includes preStop (P34)',
  kinds: ['Rollout'],
  examples: () => ({ bad: [{ objects: [rollout(30)], paths: [GRACE] }], good: [[rollout(15)]] }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      const graceSeconds = numberAt(object, GRACE) ?? 30;
      for (const container of listAt(object, 'spec.template.spec.containers')) {
        const sleepSeconds = numberAt(container, 'lifecycle.preStop.sleep.seconds') ?? 0;
        if (sleepSeconds >= graceSeconds)
          report(object, GRACE, `preStop sleeps ${sleepSeconds} s of ${graceSeconds} s`);
      }
    }
  },
};
