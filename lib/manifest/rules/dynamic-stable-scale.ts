import { canary, example } from '../example';
import { fieldAt, hasAt } from '../object';
import { CANARY, ROUTING } from '../rollout';
import type { ManifestRule } from '../rule';

const services = () =>
  ['web', 'web-canary'].map((name) => example('Service', name, { spec: { selector: { app: 'web' } } }));
const routed = (settings: object) =>
  canary({ stableService: 'web', canaryService: 'web-canary', trafficRouting: { smi: {} }, ...settings });

const DYNAMIC = `${CANARY}.dynamicStableScale`;

export const dynamicStableScale: ManifestRule = {
  code: 'MAN017',
  severity: 'error',
  title:
    'dynamicStableScale with a setting that it contradicts: InvalidSpec, or weight that stays on an aborted canary',
  reason:
    'dynamicStableScale takes stable pods away while the canary grows, so there is nothing left to keep for scaleDownDelaySeconds.',
  hint: 'remove one of the two',
  source:
    'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation.go: ValidateRolloutStrategyCanary (P12); measured (dynamicStableScale-and-scaleDownDelay)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      {
        objects: [routed({ dynamicStableScale: true, scaleDownDelaySeconds: 30 }), ...services()],
        paths: [`${CANARY}.scaleDownDelaySeconds`],
      },
    ],
    good: [
      [routed({ dynamicStableScale: true }), ...services()],
      [routed({ scaleDownDelaySeconds: 30 }), ...services()],
    ],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      if (fieldAt(object, DYNAMIC) !== true || !hasAt(object, ROUTING)) continue;
      if (hasAt(object, `${CANARY}.scaleDownDelaySeconds`)) {
        const message = 'scaleDownDelaySeconds keeps old pods that dynamicStableScale takes away';
        report(object, `${CANARY}.scaleDownDelaySeconds`, message);
      }
    }
  },
};
