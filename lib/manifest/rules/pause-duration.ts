import { goSeconds } from '../duration';
import { canary } from '../example';
import { fieldAt } from '../object';
import { inStep, STEPS, stepsOf } from '../rollout';
import type { ManifestRule } from '../rule';

const pause = (duration: unknown) => canary({ steps: [{ setWeight: 10 }, { pause: { duration } }] });
const PATH = `${STEPS}[1].pause.duration`;

export const pauseDuration: ManifestRule = {
  code: 'MAN021',
  severity: 'error',
  title: 'A pause that is no duration, or no time at all: InvalidSpec, or the step is passed at once',
  reason:
    'A duration is a number of seconds or a duration of Go, which has no days. A pause of 0 is over at once: it neither waits for anybody nor gives a gate any time.',
  hint: 'write seconds, `90s`, `5m` or `24h`; leave duration out to wait until somebody promotes',
  source:
    'Argo Rollouts 1.9.1, pkg/apis/rollouts/v1alpha1/types.go: RolloutPause.DurationSeconds; measured (pause-duration-1d, pause-duration-0s)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: ['1d', '-5s', '0s', 0, '0', 'soon', '500ms'].map((duration) => ({
      objects: [pause(duration)],
      paths: [PATH],
    })),
    good: [30, '30', '30s', '1h30m', '1.5m'].map((duration) => [pause(duration)]),
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      for (const at of stepsOf(object)) {
        const duration = fieldAt(at.step, 'pause.duration');
        if (duration === undefined || duration === null) continue;
        const seconds = secondsOf(duration);
        const path = inStep(at, 'pause', 'duration');
        if (seconds === undefined || seconds < 0) {
          report(object, path, `${JSON.stringify(duration)} is no duration`);
        } else if (seconds === 0) report(object, path, `a pause of ${JSON.stringify(duration)} is over at once`);
      }
    }
  },
};

/** Whole seconds, as the controller counts them. */
function secondsOf(duration: unknown): number | undefined {
  if (typeof duration === 'number') return duration;
  if (typeof duration !== 'string') return undefined;
  if (/^[+-]?\d+$/.test(duration)) return Number(duration);
  const seconds = goSeconds(duration);
  return seconds === undefined ? undefined : Math.trunc(seconds);
}
