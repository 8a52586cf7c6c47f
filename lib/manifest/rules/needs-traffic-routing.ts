import { canary } from '../example';
import { fieldAt, hasAt, listAt } from '../object';
import { CANARY, inStep, ROUTING, stepsOf } from '../rollout';
import type { ManifestRule } from '../rule';

/** Settings that mean something only where a router shifts traffic. */
const SETTINGS = ['scaleDownDelaySeconds', 'abortScaleDownDelaySeconds', 'dynamicStableScale'] as const;

export const needsTrafficRouting: ManifestRule = {
  code: 'MAN016',
  severity: 'error',
  title: 'A setting for traffic routing in a Rollout without it: InvalidSpec, or without any effect',
  reason:
    'Without a router the share of the canary is its share of the pods, so pods and weight cannot be set apart and old pods are not kept. The controller refuses most of these settings, and ignores abortScaleDownDelaySeconds.',
  hint: 'add trafficRouting, or remove the setting',
  source:
    'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation.go: ValidateRolloutStrategyCanary (P12); measured (scaleDownDelay-without-trafficRouting, abortScaleDownDelay-without-trafficRouting, setCanaryScale-without-trafficRouting)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: [canary({ scaleDownDelaySeconds: 30 })], paths: [`${CANARY}.scaleDownDelaySeconds`] },
      { objects: [canary({ abortScaleDownDelaySeconds: 30 })], paths: [`${CANARY}.abortScaleDownDelaySeconds`] },
      { objects: [canary({ dynamicStableScale: true })], paths: [`${CANARY}.dynamicStableScale`] },
      {
        objects: [canary({ steps: [{ setCanaryScale: { replicas: 1 } }] })],
        paths: [`${CANARY}.steps[0].setCanaryScale`],
      },
      {
        objects: [canary({ steps: [{ experiment: { templates: [{ name: 'a', specRef: 'stable', weight: 5 }] } }] })],
        paths: [`${CANARY}.steps[0].experiment.templates[0].weight`],
      },
    ],
    good: [[canary({ dynamicStableScale: false, steps: [{ setWeight: 20 }] })]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      if (!hasAt(object, CANARY) || hasAt(object, ROUTING)) continue;
      for (const setting of SETTINGS) {
        const value = fieldAt(object, `${CANARY}.${setting}`);
        if (value !== undefined && value !== null && value !== false) {
          report(object, `${CANARY}.${setting}`, `${setting} needs trafficRouting, and there is none`);
        }
      }
      for (const at of stepsOf(object)) {
        if (hasAt(at.step, 'setCanaryScale')) {
          report(object, inStep(at, 'setCanaryScale'), 'setCanaryScale needs trafficRouting, and there is none');
        }
        for (const [i, template] of listAt(at.step, 'experiment.templates').entries()) {
          if (!hasAt(template, 'weight')) continue;
          const path = inStep(at, 'experiment', 'templates', i, 'weight');
          report(object, path, 'the weight of an experiment needs trafficRouting, and there is none');
        }
      }
    }
  },
};
