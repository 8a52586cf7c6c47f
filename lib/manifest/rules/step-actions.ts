import { canary } from '../example';
import { hasAt } from '../object';
import { STEPS, stepsOf } from '../rollout';
import type { ManifestRule } from '../rule';

/** Every action, in the order in which the controller asks whether the step is over: it asks the first only. */
const ACTIONS = [
  ...(['pause', 'setCanaryScale', 'setWeight', 'experiment', 'analysis', 'setHeaderRoute', 'setMirrorRoute'] as const),
  'plugin',
] as const;

/** Of these a step may have one. */
const ALONE: readonly string[] = ['setWeight', 'pause', 'experiment', 'analysis'];

/** Of these the outcome counts, so none may be passed over. */
const JUDGED: readonly string[] = ['experiment', 'analysis', 'plugin'];

export const stepActions: ManifestRule = {
  code: 'MAN019',
  severity: 'error',
  title: 'A step that does nothing, or two things at once: InvalidSpec, or only one of them is done',
  reason:
    'A step is over when its action is. The controller refuses two of setWeight, pause, experiment and analysis in one step, and a step without any; an analysis beside setCanaryScale it does not wait for.',
  hint: 'make each action a step of its own',
  source:
    'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation.go: hasMultipleStepsType; rollout/canary.go: completedCurrentCanaryStep; measured (step-with-two-actions)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: [canary({ steps: [{ setWeight: 10, pause: {} }] })], paths: [`${STEPS}[0]`] },
      { objects: [canary({ steps: [{ setWeight: 10 }, {}] })], paths: [`${STEPS}[1]`] },
    ],
    good: [[canary({ steps: [{ setWeight: 10 }, { pause: { duration: '1m' } }, { pause: {} }] })]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      for (const { step, path } of stepsOf(object)) {
        const given = Object.keys(Object(step));
        const actions = ACTIONS.filter((action) => given.includes(action) && hasAt(step, action));
        if (actions.length === 0) report(object, path, 'the step has no action');
        else if (areRefused(actions)) report(object, path, `the step has ${actions.join(' and ')}`);
      }
    }
  },
};

const areRefused = (actions: readonly string[]): boolean =>
  actions.filter((action) => ALONE.includes(action)).length > 1 ||
  actions.slice(1).some((action) => JUDGED.includes(action));
