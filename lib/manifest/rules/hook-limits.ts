import { HOOK, hookPhases } from '../argocd';
import { example } from '../example';
import { hasAt, type KubeObject } from '../object';
import type { ManifestRule } from '../rule';

const job = (spec: Readonly<Record<string, unknown>>, annotations: Readonly<Record<string, string>>): KubeObject =>
  example('Job', 'migrate-1a2b3c4d', { spec }, { annotations });

export const hookLimits: ManifestRule = {
  code: 'MAN090',
  severity: 'warning',
  title:
    'A hook without a limit: a Job that hangs keeps the sync running for good, and one that fails is run seven times',
  reason:
    'Argo CD waits for a hook without a timeout of its own, and applies no other commit meanwhile. A Job has no deadline by default and six repeats.',
  hint: 'set activeDeadlineSeconds, and backoffLimit to 0 or 1',
  source: 'Kubernetes 1.34: Job, defaults of activeDeadlineSeconds and backoffLimit (P49)',
  kinds: ['Job'],
  examples: () => ({
    bad: [
      { objects: [job({ backoffLimit: 1 }, { [HOOK]: 'PreSync' })], paths: ['spec.activeDeadlineSeconds'] },
      {
        objects: [job({ activeDeadlineSeconds: 600 }, { 'helm.sh/hook': 'pre-upgrade' })],
        paths: ['spec.backoffLimit'],
      },
    ],
    good: [[job({ activeDeadlineSeconds: 600, backoffLimit: 0 }, { [HOOK]: 'PreSync' })], [job({}, {})]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Job')) {
      if (hookPhases(object).length === 0) continue;
      if (!hasAt(object, 'spec.activeDeadlineSeconds')) {
        report(object, 'spec.activeDeadlineSeconds', 'nothing ends the hook when it hangs');
      }
      if (!hasAt(object, 'spec.backoffLimit'))
        report(object, 'spec.backoffLimit', 'a hook that fails is run seven times');
    }
  },
};
