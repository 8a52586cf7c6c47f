import { example } from '../../manifest/example';
import { nameOf } from '../../manifest/object';
import { pairOf } from '../example';
import { fieldFor, valuesAt } from '../fields';
import type { DiffRule } from '../rule';

const blueGreen = (settings: object) =>
  example('Rollout', 'web', { spec: { strategy: { blueGreen: { activeService: 'web', ...settings } } } });

export const oldPodsGoSooner: DiffRule = {
  code: 'DIF032',
  severity: 'warning',
  title: 'Old pods go sooner after a promotion: the way back at once is open for less time',
  reason:
    'Until scaleDownDelaySeconds are over the pods of the last version still run, and going back takes one switch. Proxies that have not heard of the switch need them too.',
  hint: 'keep at least 30 s, and as long as the analysis after the promotion takes',
  source: 'Argo Rollouts 1.9.1, docs/features/bluegreen.md (P10, P27)',
  kinds: ['Rollout'],
  examples: () => ({
    has: [
      {
        ...pairOf(blueGreen({ scaleDownDelaySeconds: 600 }), blueGreen({ scaleDownDelaySeconds: 5 })),
        paths: ['spec.strategy.blueGreen.scaleDownDelaySeconds'],
      },
    ],
    hasNot: [pairOf(blueGreen({ scaleDownDelaySeconds: 30 }), blueGreen({}))],
  }),
  check: (change, _, tell) => {
    if (change.before === undefined || change.after === undefined) return;
    for (const strategy of ['canary', 'blueGreen']) {
      for (const setting of ['scaleDownDelaySeconds', 'scaleDownDelayRevisionLimit']) {
        const path = `spec.strategy.${strategy}.${setting}`;
        const { before, after = setting === 'scaleDownDelaySeconds' ? 30 : undefined } = valuesAt(change, path);
        if (typeof before !== 'number' || typeof after !== 'number' || after >= before) continue;
        tell(fieldFor(change, path), `${nameOf(change.after.object)}: ${setting} goes from ${before} to ${after}`);
      }
    }
  },
};
