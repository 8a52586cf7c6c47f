import { canary, example } from '../example';
import { fieldAt, hasAt, numberAt } from '../object';
import { CANARY, ROUTING } from '../rollout';
import type { ManifestRule } from '../rule';

const services = () =>
  ['web', 'web-canary'].map((name) => example('Service', name, { spec: { selector: { app: 'web' } } }));
const routed = (settings: object) =>
  canary({ stableService: 'web', canaryService: 'web-canary', trafficRouting: { smi: {} }, ...settings });

export const dynamicStableScale: ManifestRule = {
  code: 'MAN017',
  severity: 'error',
  title:
    'dynamicStableScale with a setting that it contradicts: InvalidSpec, or weight that stays on an aborted canary',
  reason:
    'dynamicStableScale takes stable pods away while the canary grows, so there is nothing left to keep for scaleDownDelaySeconds. With minPodsPerReplicaSet an abort can leave weight on the canary in 1.9.',
  hint: 'remove dynamicStableScale, or the setting that contradicts it',
  source:
    'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation.go; argo-rollouts#4841, whose fix #4900 is not in 1.9.1 (P14); measured (dynamicStableScale-and-scaleDownDelay)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      {
        objects: [routed({ dynamicStableScale: true, scaleDownDelaySeconds: 30 }), ...services()],
        paths: [`${CANARY}.scaleDownDelaySeconds`],
      },
      {
        objects: [routed({ dynamicStableScale: true, minPodsPerReplicaSet: 2 }), ...services()],
        paths: [`${CANARY}.minPodsPerReplicaSet`],
      },
    ],
    good: [
      [routed({ dynamicStableScale: true }), ...services()],
      [routed({ scaleDownDelaySeconds: 30, minPodsPerReplicaSet: 2 }), ...services()],
    ],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      if (fieldAt(object, `${CANARY}.dynamicStableScale`) !== true || !hasAt(object, ROUTING)) continue;
      if (hasAt(object, `${CANARY}.scaleDownDelaySeconds`)) {
        const message = 'scaleDownDelaySeconds keeps old pods that dynamicStableScale takes away';
        report(object, `${CANARY}.scaleDownDelaySeconds`, message);
      }
      const pods = numberAt(object, `${CANARY}.minPodsPerReplicaSet`) ?? 0;
      if (pods > 1) {
        const message = `with minPodsPerReplicaSet ${pods} an abort may leave weight on the canary`;
        report(object, `${CANARY}.minPodsPerReplicaSet`, message);
      }
    }
  },
};
