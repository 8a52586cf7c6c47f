import { example } from '../example';
import { type KubeObject, mapAt, textAt } from '../object';
import { HASH_LABEL, podTemplatesOf, templatesOfService } from '../pods';
import type { ManifestRule, ObjectGroup } from '../rule';
import { served } from '../served-example';

export const serviceSelects: ManifestRule = {
  code: 'MAN107',
  severity: 'warning',
  title: 'A Service that selects no pod of its namespace: it has no endpoints, and every request to it fails',
  reason:
    'The selector has to be part of the labels of a pod template. A label that was renamed in one of the two places is the usual cause.',
  hint: 'select labels that a pod template in the namespace has',
  source: 'Kubernetes 1.34: Service, selectors',
  kinds: ['Service'],
  examples: () => ({
    bad: [{ objects: [...served(), other({ app: 'wbe' })], paths: ['spec.selector'] }],
    good: [served(), [...served(), other({ app: 'wbe' }, 'elsewhere')], [...served(), other({})]],
  }),
  check: (group, report) => {
    if (group.ofKind('Service').length === 0) return;
    const namespaces = namespacesWithPods(group);
    for (const object of group.ofKind('Service')) {
      const { [HASH_LABEL]: _, ...labels } = mapAt(object, 'spec.selector');
      const wanted = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
      if (wanted.length === 0 || textAt(object, 'spec.type') === 'ExternalName') continue;
      if (!namespaces.has(object.metadata.namespace) || templatesOfService(group, object).length > 0) continue;
      report(object, 'spec.selector', `no pod of the namespace has ${wanted.join(' and ')}`);
    }
  },
};

function other(selector: Readonly<Record<string, string>>, namespace?: string): KubeObject {
  const spec = { selector, ports: [{ name: 'http', port: 80 }] };
  return example('Service', 'other', { spec }, namespace === undefined ? {} : { namespace });
}

const namespacesWithPods = (group: ObjectGroup): ReadonlySet<string | undefined> =>
  new Set(podTemplatesOf(group).flatMap(({ owner, serves }) => (serves ? [owner.metadata.namespace] : [])));
