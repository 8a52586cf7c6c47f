import { example } from '../../manifest/example';
import { fieldAt, nameOf } from '../../manifest/object';
import { gone, pairOf } from '../example';
import { fieldFor } from '../fields';
import type { DiffRule } from '../rule';

const budget = (spec: object) =>
  example('PodDisruptionBudget', 'web', { spec: { selector: { matchLabels: { app: 'web' } }, ...spec } });

export const budgetLowered: DiffRule = {
  code: 'DIF132',
  severity: 'warning',
  title: 'A disruption budget lets more pods go at once, or is gone',
  reason:
    'While nodes are drained, as in every upgrade of the cluster, the budget is all that keeps enough pods running.',
  hint: 'keep maxUnavailable at 1 where the service has a few pods',
  source: 'Kubernetes 1.34, documentation: Disruptions (P38)',
  kinds: ['PodDisruptionBudget'],
  counted: ['budget is lower', 'budgets are lower'],
  examples: () => ({
    has: [
      { ...pairOf(budget({ maxUnavailable: 1 }), budget({ maxUnavailable: 3 })), paths: ['spec.maxUnavailable'] },
      { ...pairOf(budget({ minAvailable: 2 }), budget({ minAvailable: 1 })), paths: ['spec.minAvailable'] },
      { ...gone(budget({ maxUnavailable: 1 })), paths: ['(root)'] },
    ],
    hasNot: [pairOf(budget({ maxUnavailable: 3 }), budget({ maxUnavailable: 1 }))],
  }),
  check: (change, _, tell) => {
    const { before, after } = change;
    if (before === undefined) return;
    const name = nameOf(before.object);
    if (after === undefined) {
      tell('(root)', `${name} goes: a drain may take all pods of a node at once`);
      return;
    }
    for (const [field, sign] of [
      ['maxUnavailable', 1],
      ['minAvailable', -1],
    ] as const) {
      const [was, is] = [before, after].map(({ object }) => fieldAt(object, `spec.${field}`));
      const [old, now] = [sizeOf(was), sizeOf(is)];
      if (
        old === undefined ||
        now === undefined ||
        String(was).endsWith('%') !== String(is).endsWith('%') ||
        (now - old) * sign <= 0
      )
        continue;
      tell(fieldFor(change, `spec.${field}`), `${name}: ${field} goes from ${String(was)} to ${String(is)}`);
    }
  },
};

const sizeOf = (value: unknown): number | undefined => {
  const number = typeof value === 'number' ? value : typeof value === 'string' ? Number.parseFloat(value) : Number.NaN;
  return Number.isNaN(number) ? undefined : number;
};
