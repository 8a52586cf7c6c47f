import { example } from '../example';
import { childPath, type KubeObject, listAt, textAt } from '../object';
import type { ManifestRule } from '../rule';

const rule = (...names: readonly string[]): KubeObject =>
  example('DestinationRule', 'web', {
    spec: { host: 'web', subsets: names.map((name, i) => ({ name, labels: { version: `v${i}` } })) },
  });

export const subsetNamesUnique: ManifestRule = {
  code: 'MAN063',
  severity: 'error',
  title: 'Two subsets of one name: Istio refuses the DestinationRule',
  reason: 'The webhook of Istio answers "duplicate subset names"; the object of before stays, or there is none.',
  hint: 'give each subset a name of its own',
  source: 'Istio 1.30, pkg/config/validation/validation.go: ValidateDestinationRule',
  kinds: ['DestinationRule'],
  examples: () => ({
    bad: [{ objects: [rule('v1', 'v2', 'v1')], paths: ['spec.subsets[2].name'] }],
    good: [[rule('v1', 'v2')]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('DestinationRule')) {
      const seen = new Set<string>();
      listAt(object, 'spec.subsets').forEach((subset, i) => {
        const name = textAt(subset, 'name') ?? '';
        if (seen.has(name)) report(object, childPath('spec.subsets', i, 'name'), `a second subset named "${name}"`);
        seen.add(name);
      });
    }
  },
};
