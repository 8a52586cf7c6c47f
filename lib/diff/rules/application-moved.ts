import { example } from '../../manifest/example';
import { nameOf } from '../../manifest/object';
import { pairOf } from '../example';
import { fieldsLike, shortly } from '../fields';
import type { DiffRule } from '../rule';

const from = (path: string, namespace = 'shop') =>
  example('Application', 'web', {
    spec: { source: { repoURL: 'https://git.example.org/x.git', path }, destination: { namespace } },
  });

export const applicationMoved: DiffRule = {
  code: 'DIF142',
  severity: 'warning',
  title: 'An Application takes its manifests from elsewhere, or puts them elsewhere: what it had before is pruned',
  reason:
    'All objects of the new place are made, and those that only the old one has are deleted, in one sync. At another destination everything starts anew.',
  hint: 'compare the two places first: `npm run diff -- <old folder> <new folder>`',
  source: 'Argo CD 3.5.1, docs/operator-manual/declarative-setup.md',
  kinds: ['Application', 'ApplicationSet'],
  counted: ['Application moves', 'Applications move'],
  examples: () => ({
    has: [
      { ...pairOf(from('a'), from('b')), paths: ['spec.source.path'] },
      { ...pairOf(from('a'), from('a', 'other')), paths: ['spec.destination.namespace'] },
    ],
    hasNot: [pairOf(from('a'), from('a'))],
  }),
  check: (change, _, tell) => {
    if (change.before === undefined || change.after === undefined) return;
    for (const field of fieldsLike(change, /(?:^|\.)spec\.(?:sources?|destination|project)(?:$|[.[])/))
      tell(field, `${nameOf(change.after.object)}: ${shortly(field.before)} becomes ${shortly(field.after)}`);
  },
};
