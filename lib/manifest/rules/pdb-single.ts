import { amountOf, budgetedTemplates } from '../budgets';
import { fieldAt, hasAt, nameOf } from '../object';
import type { ManifestRule } from '../rule';
import { leastPods } from '../scaling';
import { budgeted } from '../served-example';

export const pdbSingle: ManifestRule = {
  code: 'MAN099',
  severity: 'warning',
  title: 'A PodDisruptionBudget that demands the only pod: its node cannot be drained',
  reason:
    'Nothing can be available while the one pod moves, so a budget for one pod either forbids every eviction or none.',
  hint: 'run two pods or more, or leave the budget out',
  source: 'Kubernetes 1.34, pkg/controller/disruption/disruption.go (P38)',
  kinds: ['PodDisruptionBudget'],
  examples: () => ({
    bad: [{ objects: budgeted({ minAvailable: 1 }, 1), paths: ['spec.minAvailable'] }],
    good: [budgeted({ minAvailable: 1 }, 2), budgeted({ maxUnavailable: 1 }, 1)],
  }),
  check: (group, report) => {
    for (const [budget, templates] of budgetedTemplates(group)) {
      const owner = templates[0]?.owner;
      if (owner === undefined || templates.length > 1 || owner.kind === 'DaemonSet' || leastPods(group, owner) !== 1)
        continue;
      const key = hasAt(budget, 'spec.maxUnavailable') ? 'maxUnavailable' : 'minAvailable';
      const amount = amountOf(fieldAt(budget, `spec.${key}`), 1);
      if (amount === (key === 'maxUnavailable' ? 0 : 1)) report(budget, `spec.${key}`, `${nameOf(owner)} has one pod`);
    }
  },
};
