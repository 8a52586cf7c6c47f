import type { Entry } from './tree';

/** A tree with no more files is looked through whole. */
const SMALL_TREE_FILES = 64;
/** A folder with no more files is looked through beside a file that differs. */
const SMALL_FOLDER_FILES = 32;

/**
 * The files, of those that do not differ, that are looked at whole: all of a small tree; of a large one those that are called like one
 * that differs (`apps/web.yaml` beside `services/web.yaml`), and those of its folder where that is small. The others are only looked
 * through for names (look-through.ts).
 */
export function contextOf(changed: readonly string[], same: readonly Entry[]): readonly Entry[] {
  if (changed.length === 0) return [];
  if (same.length <= SMALL_TREE_FILES) return same;
  const names = new Set(changed.map(nameOf));
  const folders = new Map<string, number>();
  for (const { path } of same) folders.set(folderOf(path), (folders.get(folderOf(path)) ?? 0) + 1);
  const beside = new Set(changed.map(folderOf).filter((folder) => (folders.get(folder) ?? 0) <= SMALL_FOLDER_FILES));
  return same.filter(({ path }) => names.has(nameOf(path)) || beside.has(folderOf(path)));
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

/** The kinds that rules look up from the change of another object. */
const KINDS: ReadonlySet<string> = new Set([
  ...['Rollout', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Service', 'ExternalSecret'],
  ...['VirtualService', 'DestinationRule', 'Ingress', 'HTTPRoute', 'DNSEndpoint', 'TargetGroupBinding'],
  ...['HorizontalPodAutoscaler', 'PodDisruptionBudget', 'AnalysisTemplate', 'ClusterAnalysisTemplate'],
  ...['Application', 'AppProject', 'ApplicationSet', 'RoleBinding', 'ClusterRoleBinding', 'List'],
]);

/** The kind that a document says in its text; undefined for one that is no YAML as tools write it. */
export const kindIn = (text: string): string | undefined => /^["']?kind["']?: *["']?(\w+)["']?\s*$/m.exec(text)?.[1];

/** The name that the settings of Argo CD always have. */
export const SETTINGS_NAME = 'argocd-cm';

const isSettings = (text: string): boolean =>
  text.includes(SETTINGS_NAME) && /^ *["']?name["']?: *["']?argocd-cm["']?\s*$/m.test(text);

/** Whether a document may hold an object of such a kind. It is asked of the text, so that the rest is never parsed. */
export const isContext = (text: string, kind = kindIn(text)): boolean =>
  (kind !== undefined && KINDS.has(kind)) || isSettings(text) || /^\s*[{[]/.test(text);
