import { canary } from '../example';
import { fieldAt, hasAt, numberAt } from '../object';
import { BLUE_GREEN, CANARY } from '../rollout';
import type { ManifestRule } from '../rule';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
const PATH = `${CANARY}.antiAffinity`;

export const antiAffinity: ManifestRule = {
  code: 'MAN024',
  severity: 'error',
  title: 'Anti-affinity between versions that is both required and preferred, or neither: InvalidSpec',
  reason: 'The controller adds one rule to the pods of each version, so it has to know which one and how heavy it is.',
  hint: 'give exactly one of the two; a preferred one has a weight between 1 and 100',
  source: 'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation.go: ValidateRolloutStrategyAntiAffinity',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: [canary({ antiAffinity: {} })], paths: [PATH] },
      { objects: [canary({ antiAffinity: { [REQUIRED]: {}, [PREFERRED]: { weight: 1 } } })], paths: [PATH] },
      { objects: [canary({ antiAffinity: { [PREFERRED]: { weight: 0 } } })], paths: [`${PATH}.${PREFERRED}.weight`] },
    ],
    good: [
      [canary({ antiAffinity: { [REQUIRED]: {} } })],
      [canary({ antiAffinity: { [PREFERRED]: { weight: 100 } } })],
    ],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      for (const strategy of [CANARY, BLUE_GREEN]) {
        const rule = fieldAt(fieldAt(object, strategy), 'antiAffinity');
        if (rule === undefined || rule === null) continue;
        const path = `${strategy}.antiAffinity`;
        const preferred = hasAt(rule, PREFERRED);
        if (preferred === hasAt(rule, REQUIRED)) {
          report(
            object,
            path,
            preferred ? 'it is both required and preferred' : 'it is neither required nor preferred',
          );
        }
        const weight = numberAt(fieldAt(rule, PREFERRED), 'weight');
        if (preferred && weight !== undefined && (weight < 1 || weight > 100)) {
          report(object, `${path}.${PREFERRED}.weight`, `the weight ${weight} is not between 1 and 100`);
        }
      }
    }
  },
};
