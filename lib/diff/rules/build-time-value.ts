import { example } from '../../manifest/example';
import { nameOf } from '../../manifest/object';
import { pairOf, workload } from '../example';
import { shortly, templateFields } from '../fields';
import type { DiffRule } from '../rule';

const stamped = (sha: string) =>
  example('Rollout', 'web', {
    spec: { template: { metadata: { labels: { app: 'web' }, annotations: { commit: sha } } } },
  });

export const buildTimeValue: DiffRule = {
  code: 'DIF025',
  severity: 'warning',
  title: 'Makes new pods for a value that every build has another of: a commit, a time, a number of a build',
  reason:
    'The hash of the template is how Argo Rollouts knows a version again. With a value of the build in it every commit is a new version, each release restarts pods for nothing, and going back never takes the short way.',
  hint: 'remove it from the pod template; put it on the Rollout itself, where it starts nothing',
  source: 'Argo Rollouts 1.9.1, utils/hash/hash.go: ComputePodTemplateHash (P46)',
  kinds: ['Rollout', 'Deployment', 'StatefulSet', 'DaemonSet'],
  examples: () => ({
    has: [
      {
        ...pairOf(stamped('4f5e6d7c8b9a'), stamped('0a1b2c3d4e5f')),
        paths: ['spec.template.metadata.annotations.commit'],
      },
    ],
    hasNot: [
      pairOf(workload('Rollout'), workload('Rollout', { image: 'web:2' })),
      pairOf(stamped('yes'), stamped('no')),
    ],
  }),
  check: (change, _, tell) => {
    const fields = templateFields(change);
    for (const field of fields) {
      if (!/^spec\.template\.metadata\.(?:annotations|labels)[.[]/.test(field.path)) continue;
      if (
        !isBuildValue(field.before) ||
        !isBuildValue(field.after) ||
        isOfConfig(field.path) ||
        change.after === undefined
      )
        continue;
      const alone = fields.length === 1 ? ', and nothing else is new' : '';
      tell(field, `${nameOf(change.after.object)} makes new pods for "${shortly(field.after)}"${alone}`);
    }
  },
};

/** A checksum of the configuration is there to make new pods when that changes. */
const isOfConfig = (path: string): boolean => /checksum|hash|digest|config/i.test(path);

const isBuildValue = (value: unknown): boolean =>
  typeof value === 'string' &&
  (/^(?=.*\d)(?=.*[a-f])[0-9a-f]{7,64}$/.test(value) || /^\d{4}-\d\d-\d\d[T ]?/.test(value) || /^\d{9,}$/.test(value));
