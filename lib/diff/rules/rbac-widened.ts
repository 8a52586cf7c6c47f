import { example } from '../../manifest/example';
import { fieldAt, type KubeObject, listAt, nameOf, textAt } from '../../manifest/object';
import { fresh, pairOf } from '../example';
import { textsOf } from '../fields';
import type { DiffRule } from '../rule';

const role = (...verbs: readonly string[]) =>
  example('Role', 'web', { rules: [{ apiGroups: [''], resources: ['configmaps'], verbs }] });
const binding = (...names: readonly string[]) =>
  example('RoleBinding', 'web', {
    roleRef: { kind: 'Role', name: 'web' },
    subjects: names.map((name) => ({ kind: 'ServiceAccount', name })),
  });

export const rbacWidened: DiffRule = {
  code: 'DIF111',
  severity: 'warning',
  title: 'Widens access: a role allows more, or more accounts have it',
  reason: 'Permissions add up and hold at once, for every pod that runs with the account.',
  hint: 'grant the verbs and resources that are used, to the account that uses them',
  source: 'Kubernetes 1.34, documentation: Using RBAC Authorization',
  kinds: ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'],
  counted: ['role widens access', 'roles widen access'],
  examples: () => ({
    has: [
      { ...pairOf(role('get'), role('get', 'delete')), paths: ['rules'] },
      { ...pairOf(binding('web'), binding('web', 'shop')), paths: ['subjects'] },
      { ...fresh(binding('web')), paths: ['(root)'] },
    ],
    hasNot: [pairOf(role('get', 'list'), role('list', 'get')), pairOf(role('get', 'delete'), role('get'))],
  }),
  check: ({ before, after }, _, tell) => {
    if (after === undefined) return;
    const name = nameOf(after.object);
    const path = after.object.kind.endsWith('Binding') ? 'subjects' : 'rules';
    const then = new Set(before === undefined ? [] : grantsOf(before.object));
    const granted = grantsOf(after.object).filter((grant) => !then.has(grant) && !isCovered(grant, then));
    if (granted.length === 0) return;
    const more = granted.length > 1 ? ` and ${granted.length - 1} more` : '';
    tell(before === undefined ? '(root)' : path, `${name} grants ${granted[0]}${more}`);
  },
};

function grantsOf(object: KubeObject): readonly string[] {
  if (object.kind.endsWith('Binding')) {
    const role = `${textAt(object, 'roleRef.kind')}/${textAt(object, 'roleRef.name')}`;
    return listAt(object, 'subjects').map(
      (subject) => `${role} to ${textAt(subject, 'kind')}/${textAt(subject, 'name')}`,
    );
  }
  return listAt(object, 'rules').flatMap((rule) => {
    const urls = textsOf(listAt(rule, 'nonResourceURLs')).flatMap((url) =>
      textsOf(listAt(rule, 'verbs')).map((verb) => `${verb} of ${url}`),
    );
    const names = textsOf(listAt(rule, 'resourceNames'));
    const only = names.length === 0 ? '' : ` named ${[...names].sort().join(' or ')}`;
    const groups = fieldAt(rule, 'apiGroups') === undefined ? [''] : textsOf(listAt(rule, 'apiGroups'));
    const resources = groups.flatMap((group) =>
      textsOf(listAt(rule, 'resources')).flatMap((resource) =>
        textsOf(listAt(rule, 'verbs')).map((verb) => `${verb} of ${resource}${group === '' ? '' : `.${group}`}${only}`),
      ),
    );
    return [...urls, ...resources];
  });
}

/** Whether an asterisk that was granted before means it already. */
const isCovered = (grant: string, then: ReadonlySet<string>): boolean => {
  const [verb = '', what = ''] = grant.split(' of ');
  return [`* of ${what}`, `${verb} of *`, '* of *', '* of *.*'].some((wider) => then.has(wider));
};
