import { canary } from '../example';
import { fieldAt, hasAt, type KubeObject, numberAt } from '../object';
import { inStep, ROUTING, STEPS, stepsOf } from '../rollout';
import type { ManifestRule } from '../rule';

const routed = (...steps: readonly object[]) => canary({ trafficRouting: { plugins: { a: {} } }, steps });

export const canaryScaleLeft: ManifestRule = {
  code: 'MAN038',
  severity: 'error',
  title: 'Weight grows and the pods of the canary do not: most of the traffic goes to few of them',
  reason:
    'After setCanaryScale the controller no longer scales the canary with its weight, until matchTrafficWeight says so. A later setWeight puts its whole share on the pods that are there.',
  hint: 'add `setCanaryScale: {matchTrafficWeight: true}` before the weight grows',
  source: 'Argo Rollouts 1.9.1, docs/features/canary.md; utils/replicaset/canary.go: GetCanaryReplicasOrWeight (P13)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      {
        objects: [routed({ setCanaryScale: { weight: 10 } }, { setWeight: 10 }, { setWeight: 90 })],
        paths: [`${STEPS}[2].setWeight`],
      },
      {
        objects: [routed({ setCanaryScale: { weight: 10 } }, { setWeight: 21 })],
        paths: [`${STEPS}[1].setWeight`],
      },
    ],
    good: [
      [
        routed(
          { setCanaryScale: { weight: 10 } },
          { setWeight: 10 },
          { setCanaryScale: { matchTrafficWeight: true } },
          { setWeight: 90 },
        ),
      ],
      [routed({ setCanaryScale: { weight: 100 } }, { setWeight: 50 })],
    ],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      if (!hasAt(object, ROUTING)) continue;
      let fixedPercent: number | undefined;
      for (const at of stepsOf(object)) {
        const scale = fieldAt(at.step, 'setCanaryScale');
        if (scale !== undefined && scale !== null) fixedPercent = percentOf(object, scale);
        const weight = numberAt(at.step, 'setWeight');
        if (weight === undefined || fixedPercent === undefined || weight <= fixedPercent * SPARE) continue;
        const share = Math.round(fixedPercent);
        report(object, inStep(at, 'setWeight'), `${weight} % of the traffic would go to ${share} % of the pods`);
      }
    }
  },
};

/** How much more traffic than pods is taken for meant: pods are whole, weights are not. */
const SPARE = 2;

/** The pods of the canary in percent of spec.replicas; undefined where they follow the weight, or nobody knows. */
function percentOf(object: KubeObject, scale: unknown): number | undefined {
  if (fieldAt(scale, 'matchTrafficWeight') === true) return undefined;
  const weight = numberAt(scale, 'weight');
  if (weight !== undefined) return weight;
  const pods = numberAt(scale, 'replicas');
  const all = numberAt(object, 'spec.replicas');
  return pods === undefined || all === undefined || all === 0 ? undefined : (100 * pods) / all;
}
