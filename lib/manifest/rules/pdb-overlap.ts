import { budgetedTemplates } from '../budgets';
import { example } from '../example';
import { type KubeObject, nameOf } from '../object';
import type { PodTemplate } from '../pods';
import type { ManifestRule } from '../rule';

const LABELS = { app: 'web', tier: 'front' };
const objects = (...selectors: readonly Readonly<Record<string, string>>[]): readonly KubeObject[] => [
  example('Rollout', 'web', {
    spec: { replicas: 3, selector: { matchLabels: LABELS }, template: { metadata: { labels: LABELS }, spec: {} } },
  }),
  example('Rollout', 'api', {
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'api' } },
      template: { metadata: { labels: { app: 'api' } }, spec: {} },
    },
  }),
  ...selectors.map((matchLabels, i) =>
    example('PodDisruptionBudget', `budget-${i}`, { spec: { maxUnavailable: 1, selector: { matchLabels } } }),
  ),
];

export const pdbOverlap: ManifestRule = {
  code: 'MAN096',
  severity: 'error',
  title: 'Two PodDisruptionBudgets for one pod: it cannot be evicted at all',
  reason:
    'The eviction API answers with an error for a pod that more than one budget selects, whatever they allow. Its node cannot be drained.',
  hint: 'keep one budget for the pods',
  source:
    'Kubernetes 1.34, pkg/registry/core/pod/storage/eviction.go: "This pod has more than one PodDisruptionBudget" (P38)',
  kinds: ['PodDisruptionBudget'],
  examples: () => ({
    bad: [{ objects: objects({ app: 'web' }, { tier: 'front' }), paths: ['spec.selector'] }],
    good: [objects({ app: 'web' }, { app: 'api' })],
  }),
  check: (group, report) => {
    const owners = new Map<PodTemplate, KubeObject>();
    for (const [budget, templates] of budgetedTemplates(group)) {
      const shared = templates.find((template) => owners.has(template));
      const other = shared === undefined ? undefined : owners.get(shared);
      if (shared !== undefined && other !== undefined) {
        report(budget, 'spec.selector', `${nameOf(other)} is for the pods of ${nameOf(shared.owner)} as well`);
      }
      for (const template of templates) if (!owners.has(template)) owners.set(template, budget);
    }
  },
};
