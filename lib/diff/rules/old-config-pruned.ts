import { example } from '../../manifest/example';
import { nameOf } from '../../manifest/object';
import { isRenamed } from '../change';
import { pairOf } from '../example';
import { logicalName } from '../pair/logical-name';
import { pruningOf } from '../prune';
import type { DiffRule } from '../rule';

const KEPT = { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' } };
const config = (hash: string, level: string, metadata = {}) =>
  example('ConfigMap', `web-config-${hash}`, { data: { LEVEL: level } }, metadata);

export const oldConfigPruned: DiffRule = {
  code: 'DIF054',
  severity: 'warning',
  title:
    'The configuration of the version before is pruned with the change: its pods do not start again, nor after a rollback',
  reason:
    'A name with a hash makes a new object for each content. Pods of the stable version, and those of a rollback, name the old one; pruned at the end of the sync, it is missing when one of them restarts.',
  hint: 'annotate it with argocd.argoproj.io/sync-options: Prune=false, and clean up later',
  source: 'argo-rollouts#2675 (P39)',
  kinds: ['ConfigMap', 'Secret'],
  examples: () => ({
    has: [{ ...pairOf(config('0a1b2c3d4e', 'info'), config('5f6a7b8c9d', 'debug')), paths: ['metadata.name'] }],
    hasNot: [
      pairOf(config('0a1b2c3d4e', 'info', KEPT), config('5f6a7b8c9d', 'debug', KEPT)),
      pairOf(config('0a1b2c3d4e', 'info'), config('0a1b2c3d4e', 'debug')),
    ],
  }),
  check: ({ kind, before, after }, _, tell) => {
    if (before === undefined || after === undefined || kind !== 'changed' || !isRenamed(before.object, after.object))
      return;
    const { object } = before;
    if (pruningOf(object) !== 'pruned' || logicalName(object.metadata.name) === object.metadata.name) return;
    tell('metadata.name', `${nameOf(object)} is pruned, and pods of the version before need it`);
  },
};
