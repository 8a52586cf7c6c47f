import { example } from '../example';
import { fieldAt, type KubeObject, listAt, textAt } from '../object';
import { podPath, podTemplatesOf } from '../pods';
import type { ManifestRule, ObjectGroup } from '../rule';

const objects = (
  pod: Readonly<Record<string, unknown>>,
  account: Readonly<Record<string, unknown>> = {},
): readonly KubeObject[] => [
  example('ServiceAccount', 'web', account),
  example('Deployment', 'web', {
    spec: { template: { spec: { serviceAccountName: 'web', containers: [{ name: 'web' }], ...pod } } },
  }),
];
const binding = () =>
  example('RoleBinding', 'web', {
    subjects: [{ kind: 'ServiceAccount', name: 'web' }],
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'web' },
  });

export const tokenUnused: ManifestRule = {
  code: 'MAN112',
  severity: 'warning',
  title: 'A token of the Kubernetes API in every pod, of an account that may do nothing with it',
  reason:
    'The token is mounted by default. Who gets into the process can ask the API server with it, for whatever the account is allowed then or later.',
  hint: 'set automountServiceAccountToken: false on the ServiceAccount',
  source: 'Kubernetes 1.34: configure ServiceAccounts, opt out of API credential automounting',
  kinds: ['ServiceAccount'],
  examples: () => ({
    bad: [{ objects: objects({}), paths: ['spec.template.spec.automountServiceAccountToken'] }],
    good: [
      objects({ automountServiceAccountToken: false }),
      objects({}, { automountServiceAccountToken: false }),
      [...objects({}), binding()],
    ],
  }),
  check: (group, report) => {
    let bound: ReadonlySet<string> | undefined;
    for (const template of podTemplatesOf(group)) {
      const name = textAt(template.spec, 'serviceAccountName');
      if (name === undefined || fieldAt(template.spec, 'automountServiceAccountToken') !== undefined) continue;
      const account = group.find('ServiceAccount', name, template.owner);
      if (account === undefined || fieldAt(account, 'automountServiceAccountToken') === false) continue;
      bound ??= boundAccounts(group);
      if (bound.has(name)) continue;
      report(
        template.owner,
        podPath(template, 'automountServiceAccountToken'),
        `nothing is bound to ServiceAccount "${name}"`,
      );
    }
  },
};

const boundAccounts = (group: ObjectGroup): ReadonlySet<string> =>
  new Set(
    (['RoleBinding', 'ClusterRoleBinding'] as const).flatMap((kind) =>
      group
        .ofKind(kind)
        .flatMap((binding) => listAt(binding, 'subjects').flatMap((subject) => textAt(subject, 'name') ?? [])),
    ),
  );
