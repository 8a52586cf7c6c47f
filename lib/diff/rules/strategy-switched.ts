import { example } from '../../manifest/example';
import { hasAt, type KubeObject, nameOf } from '../../manifest/object';
import { routersOf } from '../../manifest/rollout';
import { pairOf } from '../example';
import type { DiffRule } from '../rule';

const rollout = (strategy: object) => example('Rollout', 'web', { spec: { strategy } });

export const strategySwitched: DiffRule = {
  code: 'DIF097',
  severity: 'warning',
  title: 'Switches the strategy or the router of a Rollout: what routes its traffic now is let go of',
  reason:
    'Argo Rollouts drives only what the new strategy names. Weights and selectors of the old one stay as they were last, and the next release begins from there.',
  hint: 'switch when no release is under way, apart from a new version, and see where the traffic goes before and after',
  source: 'Argo Rollouts 1.9.1, docs/features/specification.md, docs/migrating.md',
  kinds: ['Rollout'],
  counted: ['service switches its strategy', 'services switch their strategy'],
  examples: () => ({
    has: [
      {
        ...pairOf(rollout({ canary: {} }), rollout({ blueGreen: { activeService: 'web' } })),
        paths: ['spec.strategy'],
      },
    ],
    hasNot: [pairOf(rollout({ canary: {} }), rollout({ canary: { maxSurge: 1 } }))],
  }),
  check: ({ before, after }, _, tell) => {
    if (before === undefined || after === undefined) return;
    const [then, now] = [courseOf(before.object), courseOf(after.object)];
    if (then !== now) tell('spec.strategy', `${nameOf(after.object)} goes from ${then} to ${now}`);
  },
};

const courseOf = (object: KubeObject): string => {
  const strategy = hasAt(object, 'spec.strategy.blueGreen') ? 'blue-green' : 'canary';
  return `${strategy} on ${routersOf(object).join(' and ') || 'no router'}`;
};
