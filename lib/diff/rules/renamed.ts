import { example } from '../../manifest/example';
import { nameOf } from '../../manifest/object';
import { isRenamed } from '../change';
import { pairOf } from '../example';
import type { DiffRule } from '../rule';

const service = (name: string) =>
  example('Service', name, {
    spec: { selector: { app: 'web', tier: 'front' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  });

export const renamed: DiffRule = {
  code: 'DIF053',
  severity: 'warning',
  title: 'Renames an object, or moves it to another namespace: the old one is deleted and a new one made',
  reason:
    'For Kubernetes they are two objects. Between them there is a gap, or for a while both are there; addresses, claims and counters of the old one are lost.',
  hint: 'add the new one, move what uses the old one, and remove that in a later change',
  source: 'Kubernetes 1.34, documentation: Object Names and IDs',
  kinds: 'any',
  counted: ['object is made anew under another name', 'objects are made anew under other names'],
  examples: () => ({
    has: [{ ...pairOf(service('web'), service('shop')), paths: ['metadata.name'] }],
    hasNot: [pairOf(service('web'), service('web'))],
  }),
  check: ({ kind, before, after, fields }, _, tell) => {
    if (before === undefined || after === undefined || kind !== 'moved' || !isRenamed(before.object, after.object))
      return;
    const field = fields.find(({ path }) => path === 'metadata.name' || path === 'metadata.namespace') ?? '(root)';
    const [from, to] = [placed(before.object), placed(after.object)];
    const { namespace: old } = before.object.metadata;
    const { namespace: now, name } = after.object.metadata;
    if (name === before.object.metadata.name && (old === undefined || now === undefined)) {
      // What says no namespace is where it is applied to, which may be the one that the other side names.
      tell(field, `${from} becomes ${to}: it moves if it was not there`, {
        severity: 'info',
        hint: 'see where it was applied to until now',
      });
      return;
    }
    tell(field, `${from} is deleted, and ${to} is made`);
  },
};

const placed = (object: Parameters<typeof nameOf>[0]): string =>
  object.metadata.namespace === undefined ? nameOf(object) : `${nameOf(object)} in ${object.metadata.namespace}`;
