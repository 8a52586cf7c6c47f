import { annotationOf, HOOK, SYNC_OPTIONS } from '../argocd';
import { example } from '../example';
import { hasAt, type KubeObject } from '../object';
import type { ManifestRule } from '../rule';

const job = (name: string, annotations: Readonly<Record<string, string>> = {}): KubeObject =>
  example('Job', name, { spec: { activeDeadlineSeconds: 600, backoffLimit: 1 } }, { annotations });

export const jobName: ManifestRule = {
  code: 'MAN088',
  severity: 'warning',
  title: 'A Job that keeps its name from release to release: it is skipped, or its change is refused',
  reason:
    'The pod template of a Job cannot be changed, so a new image under the old name fails with "field is immutable". A hook of a fixed name can be passed over when a sync begins while the last one is not over.',
  hint: 'end the name with a hash of what the Job does: its image, arguments and files',
  source: 'Kubernetes 1.34: Job, immutable fields; argo-cd#25475, #1639 (P48)',
  kinds: ['Job'],
  examples: () => ({
    bad: [
      { objects: [job('migrate')], paths: ['metadata.name'] },
      { objects: [job('web-migrate', { [HOOK]: 'PreSync' })], paths: ['metadata.name'] },
    ],
    good: [
      [job('migrate-4f9a2c71')],
      [job('migrate-v2')],
      [job('seed', { [SYNC_OPTIONS]: 'Force=true,Replace=true' })],
    ],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Job')) {
      const { name } = object.metadata;
      if (/[0-9]/.test(name) || /-[a-f]{8,}$/.test(name) || hasAt(object, 'metadata.generateName')) continue;
      if (/(Force|Replace)=true/.test(annotationOf(object, SYNC_OPTIONS) ?? '')) continue;
      report(object, 'metadata.name', `"${name}" says nothing of what the Job does`);
    }
  },
};
