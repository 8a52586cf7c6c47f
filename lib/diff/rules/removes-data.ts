import { example } from '../../manifest/example';
import { fieldAt, nameOf } from '../../manifest/object';
import { isRenamed } from '../change';
import { gone } from '../example';
import { pruningOf } from '../prune';
import type { DiffRule } from '../rule';

/** What is lost with an object of each kind. */
const LOST: Readonly<Record<string, string>> = {
  Namespace: 'everything in it is deleted, whoever made it',
  CustomResourceDefinition: 'every object of that kind is deleted, in all namespaces',
  PersistentVolumeClaim: 'its volume goes with it, unless its reclaim policy says Retain',
  StatefulSet: 'all of its pods stop; its claims stay behind unless it says otherwise',
};

export const removesData: DiffRule = {
  code: 'DIF051',
  severity: 'error',
  title: 'Removes a Namespace, a definition, a claim or a StatefulSet: what goes with it does not come back',
  reason:
    'Argo CD prunes what is not in Git any more, and Kubernetes deletes what belongs to it. A revert makes the object anew, and empty.',
  hint: 'annotate it with argocd.argoproj.io/sync-options: Prune=false,Delete=false first; delete it by hand when its data is safe',
  source: 'Argo CD 3.5.1, docs/user-guide/sync-options.md; Kubernetes 1.34, namespace controller',
  kinds: ['Namespace', 'StatefulSet', 'CustomResourceDefinition', 'PersistentVolumeClaim'],
  counted: ['object is removed with its data', 'objects are removed with their data'],
  examples: () => ({
    has: [{ ...gone(example('Namespace', 'shop')), paths: ['(root)'] }],
    hasNot: [
      gone(example('Namespace', 'shop', {}, { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' } })),
    ],
  }),
  check: ({ before, after }, _, tell) => {
    if (before === undefined || (after !== undefined && !isRenamed(before.object, after.object))) return;
    const { object } = before;
    if (pruningOf(object) === 'kept') return;
    const kept =
      object.kind === 'StatefulSet' &&
      fieldAt(object, 'spec.persistentVolumeClaimRetentionPolicy.whenDeleted') !== 'Delete';
    tell('(root)', `${nameOf(object)} goes: ${LOST[object.kind] ?? ''}`, kept ? { severity: 'warning' } : {});
  },
};
