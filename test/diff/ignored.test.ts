import { edited, together } from './corpus/case';
import { APPLICATION, VIRTUAL_SERVICE } from './corpus/manifests';
import { compareTexts, verdictOf } from './tools';

const WEIGHT = 'spec.http[name=primary].route[destination.subset=stable].weight';
const IGNORED = [`changed VirtualService/web: info DIF191 ${WEIGHT}`];
const TOLD = [`changed VirtualService/web: warning DIF084 ${WEIGHT}`];
const shifted = edited(VIRTUAL_SERVICE, ['weight: 100', 'weight: 80'], ['weight: 0', 'weight: 20']);

const settings = (data: Readonly<Record<string, string>>): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: argocd-cm\n  namespace: argocd\ndata:\n${Object.entries(data)
    .map(([key, text]) => `  ${key}: |\n${text.replace(/^(?=.)/gm, '    ')}\n`)
    .join('')}`;
const IGNORE = 'jqPathExpressions:\n  - .spec.http[]?.route[]?.weight';
const KEY = 'resource.customizations.ignoreDifferences';

const verdict = (before: string, after: string, ...others: readonly string[]): readonly string[] =>
  verdictOf(compareTexts(together(before, ...others), together(after, ...others)));

/** As Argo CD 3.5.1 reads them: util/settings/settings.go (GetResourceOverrides), util/argo/normalizers/diff_normalizer.go. */
test.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
  ['the kind', { [`${KEY}.networking.istio.io_VirtualService`]: IGNORE }, IGNORED],
  ['a pattern of groups', { [`${KEY}.*.istio.io_*`]: IGNORE }, IGNORED],
  ['every kind', { [`${KEY}.all`]: IGNORE }, IGNORED],
  ['pointers', { [`${KEY}.all`]: 'jsonPointers:\n  - /spec/http' }, IGNORED],
  [
    'the one key of former versions',
    {
      'resource.customizations': `networking.istio.io/VirtualService:\n  ignoreDifferences: |\n    jsonPointers:\n      - /spec/http`,
    },
    IGNORED,
  ],
  [
    'a key of its own in place of it',
    {
      'resource.customizations': `networking.istio.io/VirtualService:\n  ignoreDifferences: |\n    jsonPointers:\n      - /spec/http`,
      [`${KEY}.networking.istio.io_VirtualService`]: 'jsonPointers:\n  - /spec/hosts',
    },
    TOLD,
  ],
  ['another kind', { [`${KEY}.networking.istio.io_DestinationRule`]: IGNORE }, TOLD],
  ['when it looks again only', { 'resource.customizations.ignoreResourceUpdates.all': IGNORE }, TOLD],
  ['text that is no YAML', { [`${KEY}.all`]: '{' }, TOLD],
])('argocd-cm ignores %s', (_, data, expected) => {
  expect(verdict(VIRTUAL_SERVICE, shifted, settings(data))).toEqual(expected);
});

const status = (text: string): string => `${VIRTUAL_SERVICE}status:\n  phase: ${text}\n`;
const role = (verb: string): string =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: all\naggregationRule:\n  clusterRoleSelectors: []\nrules:\n  - apiGroups: [""]\n    resources: [pods]\n    verbs: [${verb}]\n`;
const OPTIONS = 'resource.compareoptions';

test.each<readonly [string, string, string, readonly string[]]>([
  ['the status of everything', '', status('x'), ['changed VirtualService/web: info DIF191 status.phase']],
  [
    'no status',
    'ignoreResourceStatusField: none',
    status('x'),
    ['changed VirtualService/web: info DIF180 status.phase'],
  ],
  [
    'a status that is off in YAML 1.1',
    'ignoreResourceStatusField: off',
    status('x'),
    ['changed VirtualService/web: info DIF180 status.phase'],
  ],
  [
    'the status of definitions',
    'ignoreResourceStatusField: crd',
    status('x'),
    ['changed VirtualService/web: info DIF180 status.phase'],
  ],
  [
    'aggregated roles',
    'ignoreAggregatedRoles: true',
    role('list'),
    ['changed ClusterRole/all: info DIF191 rules[0].verbs[0]'],
  ],
])('resource.compareoptions ignores %s', (_, options, after, expected) => {
  const before = after.replace('phase: x', 'phase: y').replace('[list]', '[get]');
  expect(verdict(before, after, settings(options === '' ? {} : { [OPTIONS]: options }))).toEqual(expected);
});

test('the rules of the Application and those of argocd-cm hold beside each other', () => {
  const both = settings({ [`${KEY}.networking.istio.io_VirtualService`]: 'jsonPointers:\n  - /spec/hosts' });
  const other = edited(shifted, ['  hosts:\n    - web', '  hosts:\n    - shop']);
  expect(verdict(VIRTUAL_SERVICE, other, APPLICATION)).not.toContain(
    `changed VirtualService/web: info DIF191 ${WEIGHT}`,
  );
  expect(verdict(VIRTUAL_SERVICE, other, APPLICATION, both)).toEqual([
    'changed VirtualService/web: info DIF191 spec.hosts[0]',
  ]);
});

test('what is ignored is applied with the rest of the object, unless it is respected', () => {
  const other = edited(shifted, ['  hosts:\n    - web', '  hosts:\n    - shop']);
  const respected = edited(APPLICATION, ['      - ApplyOutOfSyncOnly=true', '      - RespectIgnoreDifferences=true']);
  const told = (application: string) =>
    verdict(VIRTUAL_SERVICE, other, application).filter((line) => line.includes(WEIGHT));
  expect(told(APPLICATION)).toEqual(TOLD);
  expect(told(respected)).toEqual(IGNORED);
});
