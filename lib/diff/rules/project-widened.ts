import { example } from '../../manifest/example';
import { listAt, nameOf } from '../../manifest/object';
import { canonicalText } from '../compare/compare';
import { pairOf } from '../example';
import type { DiffRule } from '../rule';

const project = (...sourceRepos: readonly string[]) => example('AppProject', 'shop', { spec: { sourceRepos } });

/** Lists of a project that allow, and lists that forbid. */
const ALLOWS = [
  'sourceRepos',
  'destinations',
  'clusterResourceWhitelist',
  'namespaceResourceWhitelist',
  'sourceNamespaces',
  'roles',
];
const FORBIDS = ['clusterResourceBlacklist', 'namespaceResourceBlacklist', 'syncWindows', 'signatureKeys'];

export const projectWidened: DiffRule = {
  code: 'DIF115',
  severity: 'warning',
  title: 'Widens access: a project of Argo CD allows more sources, places or kinds',
  reason:
    'A project is the wall around its Applications: whoever may write to one of its sources may make what it allows, where it allows it.',
  hint: 'name the repository, the namespace or the kind that is needed, without an asterisk',
  source: 'Argo CD 3.5.1, docs/user-guide/projects.md',
  kinds: ['AppProject'],
  counted: ['project widens access', 'projects widen access'],
  examples: () => ({
    has: [{ ...pairOf(project('https://a'), project('https://a', '*')), paths: ['spec.sourceRepos'] }],
    hasNot: [pairOf(project('https://a', '*'), project('https://a'))],
  }),
  check: ({ before, after }, _, tell) => {
    if (before === undefined || after === undefined) return;
    const lists = (field: string) =>
      [before, after].map(({ object }) => new Set(listAt(object, `spec.${field}`).map(canonicalText)));
    for (const field of ALLOWS) {
      const [then, now] = lists(field);
      const [gained] = [...(now ?? [])].filter((one) => !then?.has(one));
      if (gained !== undefined) tell(`spec.${field}`, `${nameOf(after.object)} also allows ${gained}`);
    }
    for (const field of FORBIDS) {
      const [then, now] = lists(field);
      const [lost] = [...(then ?? [])].filter((one) => !now?.has(one));
      if (lost !== undefined) tell(`spec.${field}`, `${nameOf(after.object)} does not forbid ${lost} any more`);
    }
  },
};
