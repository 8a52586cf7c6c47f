import { amountOf, budgetedTemplates } from '../budgets';
import { fieldAt, hasAt, type KubeObject, nameOf } from '../object';
import type { ManifestRule, ObjectGroup } from '../rule';
import { leastPods } from '../scaling';
import { budgeted } from '../served-example';

const objects = (budget: object) => budgeted(budget, 3);

export const pdbBlocks: ManifestRule = {
  code: 'MAN095',
  severity: 'error',
  title: 'A PodDisruptionBudget that allows no disruption at all: no node with one of these pods can be drained',
  reason:
    'An eviction is refused while it would break the budget. With as many pods demanded as there are, every upgrade of nodes waits for good, or is forced and takes all of them at once.',
  hint: 'use maxUnavailable: 1',
  source: 'Kubernetes 1.34, pkg/controller/disruption/disruption.go (P38)',
  kinds: ['PodDisruptionBudget'],
  examples: () => ({
    bad: [
      { objects: objects({ maxUnavailable: 0 }), paths: ['spec.maxUnavailable'] },
      { objects: objects({ minAvailable: 3 }), paths: ['spec.minAvailable'] },
      { objects: objects({ minAvailable: '100%' }), paths: ['spec.minAvailable'] },
      { objects: objects({ minAvailable: '70%' }), paths: ['spec.minAvailable'] },
    ],
    good: [
      objects({ maxUnavailable: 1 }),
      objects({ minAvailable: 2 }),
      objects({ minAvailable: '50%' }),
      objects({ maxUnavailable: '10%' }),
    ],
  }),
  check: (group, report) => {
    for (const [budget, templates] of budgetedTemplates(group)) {
      const pods = podsOf(
        group,
        templates.map(({ owner }) => owner),
      );
      if (templates.length === 0 || pods === undefined || pods < 2) continue;
      const whose = templates.map(({ owner }) => nameOf(owner)).join(', ');
      const minimum = amountOf(fieldAt(budget, 'spec.minAvailable'), pods);
      if (hasAt(budget, 'spec.maxUnavailable')) {
        if (amountOf(fieldAt(budget, 'spec.maxUnavailable'), pods) === 0) {
          report(budget, 'spec.maxUnavailable', `no pod of ${whose} may ever be evicted`);
        }
      } else if (minimum !== undefined && minimum >= pods) {
        report(budget, 'spec.minAvailable', `${whose} has ${pods} pods, and ${minimum} are to be available`);
      }
    }
  },
};

/** The least number of pods that several objects have together; undefined where one does not say it. */
function podsOf(group: ObjectGroup, owners: readonly KubeObject[]): number | undefined {
  let sum = 0;
  for (const owner of owners) {
    const pods = owner.kind === 'DaemonSet' || owner.kind === 'Pod' ? undefined : leastPods(group, owner);
    if (pods === undefined) return undefined;
    sum += pods;
  }
  return sum;
}
