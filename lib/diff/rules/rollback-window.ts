import { nameOf } from '../../manifest/object';
import { pairOf, workload } from '../example';
import { fieldFor, valuesAt } from '../fields';
import type { DiffRule } from '../rule';

const rollout = (spec: object) => workload('Rollout', {}, { ...spec });

export const rollbackWindow: DiffRule = {
  code: 'DIF030',
  severity: 'warning',
  title: 'Loses the fast rollback, or makes its window smaller',
  reason:
    'Within rollbackWindow.revisions a revert skips all steps and analyses. Beyond it, the way back takes as long as a release.',
  hint: 'leave the window as it is, or say in the pull request why nobody will need it',
  source: 'Argo Rollouts 1.9.1, docs/features/rollback.md; rollout/canary.go: isRollbackWithinWindow (P46)',
  kinds: ['Rollout'],
  counted: ['service loses its fast rollback', 'services lose their fast rollback'],
  examples: () => ({
    has: [
      { ...pairOf(rollout({ rollbackWindow: { revisions: 3 } }), rollout({})), paths: ['spec.rollbackWindow'] },
      {
        ...pairOf(rollout({ rollbackWindow: { revisions: 3 } }), rollout({ rollbackWindow: { revisions: 1 } })),
        paths: ['spec.rollbackWindow.revisions'],
      },
      {
        ...pairOf(
          rollout({ rollbackWindow: { revisions: 3 }, revisionHistoryLimit: 5 }),
          rollout({ rollbackWindow: { revisions: 3 }, revisionHistoryLimit: 2 }),
        ),
        paths: ['spec.revisionHistoryLimit'],
      },
    ],
    hasNot: [
      pairOf(rollout({}), rollout({ rollbackWindow: { revisions: 3 } })),
      pairOf(
        rollout({ rollbackWindow: { revisions: 1 }, revisionHistoryLimit: 5 }),
        rollout({ rollbackWindow: { revisions: 1 }, revisionHistoryLimit: 3 }),
      ),
    ],
  }),
  check: (change, _, tell) => {
    if (change.before === undefined || change.after === undefined) return;
    const name = nameOf(change.after.object);
    const window = valuesAt(change, 'spec.rollbackWindow.revisions');
    const [then, now] = [numberOr(window.before, 0), numberOr(window.after, 0)];
    if (now < then) {
      const told =
        now === 0
          ? 'has no rollback window any more: a revert takes all steps'
          : `goes back fast over ${now} revisions, not ${then}`;
      tell(fieldFor(change, 'spec.rollbackWindow.revisions'), `${name} ${told}`);
    }
    const history = valuesAt(change, 'spec.revisionHistoryLimit');
    const [kept, keeps] = [numberOr(history.before, 10), numberOr(history.after, 10)];
    if (keeps < kept && keeps < Math.max(now, 1)) {
      tell(
        fieldFor(change, 'spec.revisionHistoryLimit'),
        `${name} keeps ${keeps} old ReplicaSets, too few to go back to`,
      );
    }
  },
};

const numberOr = (value: unknown, other: number): number => (typeof value === 'number' ? value : other);
