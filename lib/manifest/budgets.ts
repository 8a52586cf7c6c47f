import { fieldAt, hasAt, type KubeObject } from './object';
import { oncePerGroup, type PodTemplate, templatesSelected } from './pods';

/** The pod templates that each PodDisruptionBudget is for; those that only run to an end are left out. */
export const budgetedTemplates = oncePerGroup(
  (group): ReadonlyMap<KubeObject, readonly PodTemplate[]> =>
    new Map(
      group
        .ofKind('PodDisruptionBudget')
        .filter((budget) => hasAt(budget, 'spec.selector'))
        .map((budget) => {
          const templates = templatesSelected(group, fieldAt(budget, 'spec.selector'), budget);
          return [budget, templates.filter(({ serves }) => serves)] as const;
        }),
    ),
);

/** A number or a share of a budget, of so many pods; a share of minAvailable or of maxUnavailable is rounded up. */
export function amountOf(value: unknown, pods: number): number | undefined {
  if (typeof value === 'number') return value;
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  return percent === undefined ? undefined : Math.ceil((Number(percent) * pods) / 100);
}
