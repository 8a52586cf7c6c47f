import { example } from '../example';
import { type KubeObject, textAt } from '../object';
import { podPath, podTemplatesOf } from '../pods';
import type { ManifestRule } from '../rule';

const job = (spec: Readonly<Record<string, unknown>>): KubeObject =>
  example('Job', 'migrate-1a2b3c4d', { spec: { template: { spec } } });
const deployment = (restartPolicy: string): KubeObject =>
  example('Deployment', 'web', {
    spec: { template: { spec: { automountServiceAccountToken: false, restartPolicy } } },
  });
const PATH = 'spec.template.spec.restartPolicy';

export const restartPolicy: ManifestRule = {
  code: 'MAN114',
  severity: 'error',
  title: 'A restartPolicy that the kind does not allow: the API server refuses the object',
  reason:
    'The pods of a Job may be restarted on failure or never, and Always is the default. Those of a Deployment are always restarted.',
  hint: 'set restartPolicy: Never in a Job; leave it out elsewhere',
  source: 'Kubernetes 1.34, pkg/apis/batch/validation/validation.go: validateJobSpec',
  kinds: ['Job', 'CronJob', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'],
  examples: () => ({
    bad: [
      { objects: [job({})], paths: [PATH] },
      { objects: [job({ restartPolicy: 'Always' })], paths: [PATH] },
      { objects: [deployment('Never')], paths: [PATH] },
    ],
    good: [[job({ restartPolicy: 'Never' })], [job({ restartPolicy: 'OnFailure' })], [deployment('Always')]],
  }),
  check: (group, report) => {
    for (const template of podTemplatesOf(group)) {
      const { owner, spec, serves } = template;
      if (owner.kind === 'Pod' || owner.kind === 'Rollout') continue;
      const policy = textAt(spec, 'restartPolicy') ?? 'Always';
      if ((policy === 'Always') === serves) continue;
      report(owner, podPath(template, 'restartPolicy'), `a ${owner.kind} cannot have ${policy}`);
    }
  },
};
