import { identityOf, nameOf } from '../object';
import type { ManifestRule } from '../rule';

const service = (name: string) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' } });

export const uniqueObjects: ManifestRule = {
  code: 'MAN002',
  severity: 'error',
  title: 'Two objects are one in the cluster: the later overwrites the earlier at every sync',
  hint: 'give one of them another name: a gate, a service or a migration is called like another',
  source: 'Argo CD 3.5.1, controller/state.go: RepeatedResourceWarning',
  bad: [{ objects: [service('web'), service('web')], paths: ['metadata.name'] }],
  good: [[service('web'), service('api')]],
  check: ({ objects }, report) => {
    const seen = new Set<string>();
    for (const object of objects) {
      const identity = identityOf(object);
      if (seen.has(identity)) report(object, 'metadata.name', `${nameOf(object)} stands twice`);
      seen.add(identity);
    }
  },
};
