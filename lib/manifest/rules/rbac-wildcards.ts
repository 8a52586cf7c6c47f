import { example } from '../example';
import { childPath, type KubeObject, listAt } from '../object';
import type { ManifestRule } from '../rule';

const role = (rule: Readonly<Record<string, readonly string[]>>): KubeObject =>
  example('Role', 'web', { rules: [rule] });

export const rbacWildcards: ManifestRule = {
  code: 'MAN111',
  severity: 'warning',
  title: 'A role with an asterisk: it also allows what comes with the next version or the next custom resource',
  reason:
    'An asterisk in verbs includes escalate, bind and impersonate, and one in resources includes Secrets. Nobody reviews what it grows to.',
  hint: 'list the verbs and resources that are used',
  source: 'Kubernetes 1.34: RBAC good practices',
  kinds: ['Role', 'ClusterRole'],
  examples: () => ({
    bad: [
      { objects: [role({ apiGroups: [''], resources: ['*'], verbs: ['get'] })], paths: ['rules[0].resources'] },
      { objects: [role({ apiGroups: ['apps'], resources: ['deployments'], verbs: ['*'] })], paths: ['rules[0].verbs'] },
    ],
    good: [[role({ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] })]],
  }),
  check: ({ ofKind }, report) => {
    for (const kind of ['Role', 'ClusterRole'] as const) {
      for (const object of ofKind(kind)) {
        listAt(object, 'rules').forEach((rule, i) => {
          for (const field of ['resources', 'verbs'] as const) {
            if (listAt(rule, field).includes('*'))
              report(object, childPath('rules', i, field), `all ${field} are allowed`);
          }
        });
      }
    }
  },
};
