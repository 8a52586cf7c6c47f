import { example } from '../../manifest/example';
import { nameOf } from '../../manifest/object';
import { isRenamed } from '../change';
import { workload } from '../example';
import { fieldsLike } from '../fields';
import { referrersOf } from '../references';
import type { DiffRule } from '../rule';

const config = (level: string) => example('ConfigMap', 'web', { data: { LEVEL: level } });
const user = workload('Rollout', { envFrom: [{ configMapRef: { name: 'web' } }] });

export const configInPlace: DiffRule = {
  code: 'DIF082',
  severity: 'warning',
  title: 'Changes configuration under the same name: no release, and pods of one version run with two of them',
  reason:
    'Variables are read when a container starts, so that only pods that start later see the new value. Files that are mounted change within a minute or two, in all pods of all versions at once. Neither can be stopped by a gate, nor taken back by a rollback.',
  hint: 'put a hash of the content in the name, so that it is released as code is',
  source: 'Kubernetes 1.34, documentation: ConfigMaps, mounted ConfigMaps are updated automatically (P39)',
  kinds: ['ConfigMap', 'Secret'],
  counted: ['configuration changes in place', 'configurations change in place'],
  examples: () => ({
    has: [{ before: [config('info'), user], after: [config('debug'), user], paths: ['data.LEVEL'] }],
    hasNot: [{ before: [config('info'), user], after: [config('info'), user] }],
  }),
  check: (change, { after: group }, tell) => {
    const { before, after } = change;
    if (before === undefined || after === undefined || isRenamed(before.object, after.object)) return;
    const [field] = fieldsLike(change, /^(?:data|stringData|binaryData)(?:$|[.[])/);
    if (field === undefined) return;
    const [user] = referrersOf(group, after.object);
    tell(
      field,
      user === undefined
        ? `${nameOf(after.object)}: whoever reads it sees the new value at once, or when it starts`
        : `${nameOf(after.object)}: ${nameOf(user.object)} is not released, and its pods see the new value one by one`,
    );
  },
};
