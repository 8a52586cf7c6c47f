import { destinationNamespace } from './argocd';
import { groupOfVersion } from './kinds';
import { childPath, fieldAt, type KubeObject, listAt, mapAt, textAt } from './object';
import { oncePerGroup } from './pods';
import type { ObjectGroup } from './rule';

/** The spec of an Application, or of those that an ApplicationSet makes, and where it stands. */
export interface ApplicationSpec {
  readonly owner: KubeObject;
  readonly spec: unknown;
  readonly path: string;
}

/** Every spec of an Application in a group. */
export const applicationSpecsOf = (group: ObjectGroup): readonly ApplicationSpec[] => [
  ...group.ofKind('Application').map((owner) => ({ owner, spec: fieldAt(owner, 'spec'), path: 'spec' })),
  ...group
    .ofKind('ApplicationSet')
    .map((owner) => ({ owner, spec: fieldAt(owner, 'spec.template.spec'), path: 'spec.template.spec' })),
];

/** The sync options of a spec, and where each stands. */
export const syncOptionsIn = ({
  spec,
  path,
}: ApplicationSpec): readonly { readonly option: unknown; readonly path: string }[] =>
  listAt(spec, 'syncPolicy.syncOptions').map((option, i) => ({
    option,
    path: childPath(path, 'syncPolicy', 'syncOptions', i),
  }));

/** A rule of `ignoreDifferences`, and where it stands. */
export interface IgnoreRule {
  readonly rule: unknown;
  readonly path: string;
}

/** The rules by which a spec takes differences for none. */
export const ignoreRulesIn = ({ spec, path }: ApplicationSpec): readonly IgnoreRule[] =>
  listAt(spec, 'ignoreDifferences').map((rule, i) => ({ rule, path: childPath(path, 'ignoreDifferences', i) }));

/** Whether a pattern with asterisks, as Argo CD takes it for groups and kinds, means a text. */
export function globMatches(pattern: string, text: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  const end = rest.pop();
  if (end === undefined) return pattern === text;
  if (!text.startsWith(start) || !text.endsWith(end) || text.length < start.length + end.length) return false;
  let from = start.length;
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return from <= text.length - end.length;
}

/** Whether a rule is for the kind of an object. */
export const isForKind = (rule: unknown, { apiVersion, kind }: KubeObject): boolean =>
  globMatches(textAt(rule, 'group') ?? '', groupOfVersion(apiVersion)) && globMatches(textAt(rule, 'kind') ?? '', kind);

/** The fields that a rule ignores, as text: JSON pointers, jq paths, managers. */
export const ignoredFields = (rule: unknown): readonly string[] =>
  ['jsonPointers', 'jqPathExpressions', 'managedFieldsManagers'].flatMap((key) =>
    listAt(rule, key).filter((one) => typeof one === 'string'),
  );

/**
 * The Application that deploys an object, where the manifests tell it: it goes to the namespace of the object, and is the
 * only one to do so, or is called like the object, or takes a file or folder that is. An object that says no namespace can
 * be of any.
 */
export function applicationOf(group: ObjectGroup, { metadata }: KubeObject): KubeObject | undefined {
  const byNamespace = applicationsByNamespace(group);
  const there =
    metadata.namespace === undefined
      ? byNamespace.get(ANY)
      : (byNamespace.get(metadata.namespace) ?? byNamespace.get(UNSAID));
  return there?.byName.get(metadata.name) ?? (there?.count === 1 ? there.only : undefined);
}

const ANY = '*';
const UNSAID = '';

interface Deployed {
  readonly only: KubeObject;
  count: number;
  readonly byName: Map<string, KubeObject>;
}

const applicationsByNamespace = oncePerGroup((group): ReadonlyMap<string, Deployed> => {
  const found = new Map<string, Deployed>();
  for (const application of group.ofKind('Application')) {
    const keys = fileKeysOf(application);
    for (const namespace of [destinationNamespace(application) ?? UNSAID, ANY]) {
      const there = found.get(namespace) ?? { only: application, count: 0, byName: new Map<string, KubeObject>() };
      found.set(namespace, there);
      there.count += 1;
      for (const key of keys) if (!there.byName.has(key)) there.byName.set(key, application);
    }
  }
  return found;
});

/** The names by which an Application tells what it deploys: its own, and those of the folders and files that it takes. */
function fileKeysOf(application: KubeObject): readonly string[] {
  const sources = [fieldAt(application, 'spec.source'), ...listAt(application, 'spec.sources')];
  const files = sources.flatMap((source) => [textAt(source, 'path'), textAt(source, 'directory.include')]);
  return [application.metadata.name, ...files].flatMap((text) => {
    const last = text?.replace(/\/$/, '').split('/').at(-1);
    return last ? [last.replace(/\.(ya?ml|json)$/, '')] : [];
  });
}

/** Whether Argo CD itself, in its ConfigMap, ignores a field of a kind; its keys are `<group>_<kind>` and `all`. */
export function ignoredEverywhere(group: ObjectGroup, object: KubeObject, field: RegExp): boolean {
  const settings = group.ofKind('ConfigMap').find(({ metadata }) => metadata.name === 'argocd-cm');
  if (settings === undefined) return false;
  const key = 'resource.customizations.ignoreDifferences';
  const data = mapAt(settings, 'data');
  const kind = `${groupOfVersion(object.apiVersion)}_${object.kind}`;
  return [data[`${key}.${kind}`], data[`${key}.all`]].some((text) => text !== undefined && field.test(text));
}

/** Whether an Application, or Argo CD itself, ignores a field of an object. */
export function ignoresField(group: ObjectGroup, application: KubeObject, object: KubeObject, field: RegExp): boolean {
  const rules = ignoreRulesIn({ owner: application, spec: fieldAt(application, 'spec'), path: 'spec' });
  return (
    rules.some(
      ({ rule }) =>
        isForKind(rule, object) &&
        (textAt(rule, 'name') || object.metadata.name) === object.metadata.name &&
        (textAt(rule, 'namespace') || object.metadata.namespace) === object.metadata.namespace &&
        ignoredFields(rule).some((text) => field.test(text)),
    ) || ignoredEverywhere(group, object, field)
  );
}
