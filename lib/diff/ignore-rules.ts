import { applicationOf, ignoreRulesIn, isForKind, syncOptionsIn } from '../manifest/applications';
import { fieldAt, type KubeObject, listAt, mapAt, nameOf, textAt } from '../manifest/object';
import { oncePerGroup } from '../manifest/pods';
import type { ObjectGroup } from '../manifest/rule';
import { textsOf } from './fields';
import { parseYaml } from './input/documents';

/** What Argo CD takes for no difference, as one rule says it. */
export interface IgnoreRule {
  /** Who says so: `Application/web`, `ConfigMap/argocd-cm`. */
  readonly from: string;
  readonly jsonPointers: readonly string[];
  readonly jqPathExpressions: readonly string[];
  /** Which fields they have, only the cluster knows. */
  readonly managedFieldsManagers: readonly string[];
}

/** The rules for an object. */
export interface IgnoreRules {
  readonly rules: readonly IgnoreRule[];
  /** Whether what is ignored stays as it is on the cluster, too, when something else of the object is applied. */
  readonly respected: boolean;
}

/**
 * The rules of the Application of an object, where the manifests tell which it is, those of any that name the object, and those of
 * argocd-cm. None wins over another: Argo CD takes out what any of them names (3.5.1, util/argo/normalizers/diff_normalizer.go:
 * NewIgnoreNormalizer). ignoreResourceUpdates is about when Argo CD looks again, and says nothing of differences.
 */
export function ignoreRulesFor(group: ObjectGroup, object: KubeObject): IgnoreRules {
  const application = applicationOf(group, object);
  const own = application === undefined ? [] : ownRules(application);
  const named = rulesByName(group).get(object.metadata.name) ?? [];
  const settings = settingsOf(group);
  const everywhere = settings === undefined ? [] : [...settings.rules, ...settings.compared(object)];
  return {
    rules: [...new Set([...own, ...named, ...everywhere])].filter(({ rule }) => isFor(rule, object)).map(toRule),
    respected: application !== undefined && isRespected(application),
  };
}

interface Written {
  readonly from: string;
  readonly rule: unknown;
}

const isFor = (rule: unknown, object: KubeObject): boolean =>
  isForKind(rule, object) &&
  (textAt(rule, 'name') || object.metadata.name) === object.metadata.name &&
  (textAt(rule, 'namespace') || object.metadata.namespace) === object.metadata.namespace;

const toRule = ({ from, rule }: Written): IgnoreRule => ({
  from,
  jsonPointers: textsOf(listAt(rule, 'jsonPointers')),
  jqPathExpressions: textsOf(listAt(rule, 'jqPathExpressions')),
  managedFieldsManagers: textsOf(listAt(rule, 'managedFieldsManagers')),
});

const specOf = (application: KubeObject) => ({ owner: application, spec: fieldAt(application, 'spec'), path: 'spec' });

/** The rules of an Application, the same objects however often they are asked for. */
function ownRules(application: KubeObject): readonly Written[] {
  let found = OWN.get(application);
  if (found === undefined) {
    found = ignoreRulesIn(specOf(application)).map(({ rule }) => ({ from: nameOf(application), rule }));
    OWN.set(application, found);
  }
  return found;
}

const OWN = new WeakMap<KubeObject, readonly Written[]>();

const isRespected = (application: KubeObject): boolean =>
  syncOptionsIn(specOf(application)).some(({ option }) => option === 'RespectIgnoreDifferences=true');

const rulesByName = oncePerGroup((group): ReadonlyMap<string, readonly Written[]> => {
  const byName = new Map<string, Written[]>();
  for (const written of group.ofKind('Application').flatMap(ownRules)) {
    const name = textAt(written.rule, 'name');
    if (name) byName.set(name, [...(byName.get(name) ?? []), written]);
  }
  return byName;
});

/** What argocd-cm says. */
interface Settings {
  readonly rules: readonly Written[];
  /** What the options of comparing ignore of an object. */
  readonly compared: (object: KubeObject) => readonly Written[];
}

const CUSTOMIZATIONS = 'resource.customizations';
const IGNORED = `${CUSTOMIZATIONS}.ignoreDifferences.`;

/** The settings of Argo CD for all of its Applications, where they are among the manifests (3.5.1, util/settings/settings.go: GetResourceOverrides). */
const settingsOf = oncePerGroup((group): Settings | undefined => {
  const settings = group.ofKind('ConfigMap').find(({ metadata }) => metadata.name === 'argocd-cm');
  if (settings === undefined) return undefined;
  const from = nameOf(settings);
  const data = mapAt(settings, 'data');
  const byKind = new Map<string, unknown>();
  const all = parseYaml(data[CUSTOMIZATIONS] ?? '');
  for (const [key, one] of Object.entries(Object(all)))
    byKind.set(key, parseYaml(textAt(one, 'ignoreDifferences') ?? ''));
  // A key of its own stands in the place of what the one for all kinds says.
  for (const [key, text] of Object.entries(data)) {
    if (!key.startsWith(IGNORED)) continue;
    const name = key.slice(IGNORED.length);
    byKind.set(name === 'all' ? '*/*' : name.replace('_', '/'), parseYaml(text));
  }
  const rules = [...byKind].map(([key, rule]): Written => ({ from, rule: { ...Object(rule), ...kindOf(key) } }));
  return { rules, compared: comparedBy(from, parseYaml(data['resource.compareoptions'] ?? '')) };
});

function kindOf(key: string): { readonly group: string; readonly kind: string } {
  const [group = '', kind] = key.split('/');
  return kind === undefined ? { group: '', kind: group } : { group, kind };
}

/** Argo CD ignores the status of everything unless it is told otherwise; and the rules of aggregated roles only when it is told to. */
function comparedBy(from: string, options: unknown): Settings['compared'] {
  const ignoring = (pointer: string): Written => ({ from, rule: { group: '*', kind: '*', jsonPointers: [pointer] } });
  const status = ignoring('/status');
  const rules = ignoring('/rules');
  const asked = String(fieldAt(options, 'ignoreResourceStatusField') ?? 'all');
  const aggregated = fieldAt(options, 'ignoreAggregatedRoles') === true;
  return (object) => [
    ...(SHOWN.has(asked) || (asked === 'crd' && object.kind !== 'CustomResourceDefinition') ? [] : [status]),
    ...(aggregated && fieldAt(object, 'aggregationRule') !== undefined ? [rules] : []),
  ];
}

const SHOWN: ReadonlySet<string> = new Set(['none', 'off', 'false']);
