import { example } from '../example';
import { hasAt } from '../object';
import type { ManifestRule } from '../rule';

const rollout = (strategy: unknown) => example('Rollout', 'web', { spec: { strategy } });

export const strategyChosen: ManifestRule = {
  code: 'MAN010',
  severity: 'error',
  title: 'A Rollout without a strategy, or with two: InvalidSpec, no pod is ever started',
  reason: 'The controller validates a Rollout before it does anything. It needs exactly one of canary and blueGreen.',
  hint: 'give the strategy canary or blueGreen; `canary: {}` is a rolling update',
  source:
    'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation.go: ValidateRolloutStrategy; measured (strategy-missing)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: [rollout(null)], paths: ['spec.strategy'] },
      { objects: [rollout({})], paths: ['spec.strategy'] },
      {
        objects: [
          rollout({ canary: {}, blueGreen: { activeService: 'a' } }),
          example('Service', 'a', { spec: { selector: { app: 'web' } } }),
        ],
        paths: ['spec.strategy'],
      },
    ],
    good: [[rollout({ canary: {} })]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      const canary = hasAt(object, 'spec.strategy.canary');
      if (canary !== hasAt(object, 'spec.strategy.blueGreen')) continue;
      report(object, 'spec.strategy', canary ? 'both canary and blueGreen are given' : 'there is no strategy');
    }
  },
};
