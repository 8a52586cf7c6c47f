import { comparison } from '../gates/query';
import type { Alert } from './alert';

/** While a test lasts its gates stand as alerts: between two releases nothing else would ask them. */
export const variantWorse: Alert = {
  name: 'VariantWorse',
  severity: 'warning',
  todo: 'Take the variant out of the test by a commit: nothing else does.',
  ask: (scope) => {
    const { strategy } = scope.service;
    if (strategy.kind !== 'rolling' || strategy.comparedWith === undefined) return [];
    const control = strategy.comparedWith;
    return (strategy.background?.gates ?? []).map((gate) => ({
      expr: () => `${comparison(gate, scope, control)} > ${gate.bound.value}`,
      forSeconds: 300,
      summary: `worse than ${control} by more than gate "${gate.name}" allows; take the variant out of the test`,
    }));
  },
};
