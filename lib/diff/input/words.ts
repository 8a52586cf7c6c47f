import { serviceOfHost } from '../../manifest/istio';
import { type KubeObject, listAt, textAt } from '../../manifest/object';
import { groupOf } from '../../manifest/rule';
import { referencesOf } from '../references';
import { serviceOf } from '../service-of';

/**
 * The names by which rules look from a change at what does not differ: those of the objects, which whoever refers to them says, and
 * those that they refer to themselves.
 */
export function wordsOf(objects: readonly KubeObject[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const object of objects) {
    words.add(object.metadata.name);
    const host = object.kind === 'DestinationRule' ? textAt(object, 'spec.host') : undefined;
    const service = host === undefined ? undefined : serviceOfHost(host, object)?.name;
    if (service !== undefined) words.add(service);
  }
  for (const { name } of referencesOf(groupOf(objects, false))) words.add(name);
  words.delete('');
  return words;
}

/**
 * The names that lead on from what was found: of a Rollout that takes its pods from elsewhere, which is released by the change of that,
 * and of templates that name others. Nothing else is asked at two removes.
 */
export const furtherWords = (objects: readonly KubeObject[]): ReadonlySet<string> =>
  wordsOf(
    objects.filter(
      ({ kind, ...object }) =>
        (kind === 'Rollout' && textAt(object, 'spec.workloadRef.name') !== undefined) ||
        (/^(?:Cluster)?AnalysisTemplate$/.test(kind) && listAt(object, 'spec.templates').length > 0),
    ),
  );

/** The services whose migrations change: their Jobs are called after them, with more behind. */
export const migratedServices = (objects: readonly KubeObject[]): readonly string[] => [
  ...new Set(objects.filter(({ kind }) => kind === 'Job' || kind === 'ConfigMap').map(serviceOf)),
];
