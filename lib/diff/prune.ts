import { annotationOf, HOOK_DELETE_POLICY, hookPhases, SYNC_OPTIONS, words } from '../manifest/argocd';
import type { KubeObject } from '../manifest/object';

/** What Argo CD does with an object that is not in Git any more. */
export type Pruning = 'pruned' | 'kept' | 'hook';

/** Whether an object goes when it is not in Git any more: one says that it stays, a hook is none of the synced objects. */
export function pruningOf(object: KubeObject): Pruning {
  const options = words(annotationOf(object, SYNC_OPTIONS));
  if (options.some((option) => option === 'Prune=false')) return 'kept';
  return hookPhases(object).length > 0 || annotationOf(object, HOOK_DELETE_POLICY) !== undefined ? 'hook' : 'pruned';
}
