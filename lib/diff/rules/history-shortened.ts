import { nameOf } from '../../manifest/object';
import { pairOf, workload } from '../example';
import { fieldFor, valuesAt } from '../fields';
import type { DiffRule } from '../rule';

const of = (kind: 'Rollout' | 'Deployment', revisionHistoryLimit: number) =>
  workload(kind, {}, { revisionHistoryLimit });

export const historyShortened: DiffRule = {
  code: 'DIF031',
  severity: 'warning',
  title: 'Keeps fewer old ReplicaSets: those beyond the limit are deleted at once',
  reason:
    'revisionHistoryLimit is how many versions kubectl rollout undo, and the rollback window of Argo Rollouts, can go back to.',
  hint: 'keep at least as many as the rollback window, and one more for each release that may be under way',
  source: 'Argo Rollouts 1.9.1, rollout/sync.go: cleanupRollouts; Kubernetes 1.34, Deployment controller',
  kinds: ['Rollout', 'Deployment', 'StatefulSet', 'DaemonSet'],
  examples: () => ({
    has: [
      { ...pairOf(of('Rollout', 5), of('Rollout', 3)), paths: ['spec.revisionHistoryLimit'] },
      { ...pairOf(of('Deployment', 10), of('Deployment', 0)), paths: ['spec.revisionHistoryLimit'] },
    ],
    hasNot: [pairOf(of('Rollout', 3), of('Rollout', 5))],
  }),
  check: (change, _, tell) => {
    if (change.before === undefined || change.after === undefined) return;
    const { before = 10, after = 10 } = valuesAt(change, 'spec.revisionHistoryLimit');
    if (typeof before !== 'number' || typeof after !== 'number' || after >= before) return;
    tell(
      fieldFor(change, 'spec.revisionHistoryLimit'),
      `${nameOf(change.after.object)} keeps ${after} old versions, not ${before}`,
    );
  },
};
