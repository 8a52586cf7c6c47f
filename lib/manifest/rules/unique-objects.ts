import { example } from '../example';
import { hasAt, identityOf, nameOf } from '../object';
import type { ManifestRule } from '../rule';

const service = (name: string) => example('Service', name, {}, { namespace: 'shop' });

export const uniqueObjects: ManifestRule = {
  code: 'MAN002',
  severity: 'error',
  title: 'Two objects are one in the cluster: the later overwrites the earlier at every sync',
  reason:
    'The API server knows one object of a kind with a name in a namespace. Of two only the one that is applied last is there.',
  hint: 'give one of them another name: a gate, a service or a migration is called like another',
  source: 'Argo CD 3.5.1, controller/state.go: RepeatedResourceWarning',
  kinds: 'any',
  examples: () => ({
    bad: [{ objects: [service('web'), service('web')], paths: ['metadata.name'] }],
    good: [[service('web'), service('api')]],
  }),
  check: ({ objects }, report) => {
    const seen = new Set<string>();
    for (const object of objects) {
      if (hasAt(object, 'metadata.generateName')) continue;
      const identity = identityOf(object);
      if (seen.has(identity)) report(object, 'metadata.name', `${nameOf(object)} stands twice`);
      seen.add(identity);
    }
  },
};
