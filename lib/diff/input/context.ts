import type { Entry } from './tree';

/** A tree with no more files is looked through whole. */
const SMALL_TREE_FILES = 64;
/** A folder with no more files is looked through beside a file that differs. */
const SMALL_FOLDER_FILES = 32;

/**
 * The files, of those that do not differ, in which rules may find what an object that differs refers to, or what refers to it: all of a
 * small tree; of a large one the files that are called like one that differs (`apps/web.yaml` beside `services/web.yaml`), and those of
 * its folder where that is small. So a change in one service of a thousand reads a handful of files.
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
const KINDS =
  /^["']?kind["']?: *["']?(?:Rollout|Deployment|StatefulSet|DaemonSet|Job|CronJob|Service|VirtualService|DestinationRule|Ingress|HTTPRoute|HorizontalPodAutoscaler|PodDisruptionBudget|AnalysisTemplate|ClusterAnalysisTemplate|Application|AppProject|ApplicationSet|DNSEndpoint|TargetGroupBinding|RoleBinding|ClusterRoleBinding|ExternalSecret|List)["']?\s*$/m;

/** The settings of Argo CD, by the name that they always have. */
const SETTINGS = /^ *["']?name["']?: *["']?argocd-cm["']?\s*$/m;

/** Whether a document may hold an object of such a kind. It is asked of the text, so that the rest is never parsed. */
export const isContext = (text: string): boolean => KINDS.test(text) || SETTINGS.test(text) || /^\s*[{[]/.test(text);
