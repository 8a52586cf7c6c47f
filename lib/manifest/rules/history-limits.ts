import { canary, example } from '../example';
import { numberAt } from '../object';
import { BLUE_GREEN } from '../rollout';
import type { ManifestRule } from '../rule';

const DEFAULT_REVISIONS = 10;
const LIMIT = `${BLUE_GREEN}.scaleDownDelayRevisionLimit`;
const NEVER_NEGATIVE = [
  'spec.replicas',
  'spec.minReadySeconds',
  'spec.revisionHistoryLimit',
  'spec.progressDeadlineSeconds',
];
const blueGreen = (scaleDownDelayRevisionLimit: number, revisionHistoryLimit: number) => [
  example('Rollout', 'web', {
    spec: { revisionHistoryLimit, strategy: { blueGreen: { activeService: 'web', scaleDownDelayRevisionLimit } } },
  }),
  example('Service', 'web', { spec: { selector: { app: 'web' } } }),
];

export const historyLimits: ManifestRule = {
  code: 'MAN025',
  severity: 'error',
  title: 'A number of pods, seconds or revisions that cannot be: InvalidSpec',
  reason:
    'Counts are not negative, and a revision can be kept running only while it is kept at all: the history has to be as long as scaleDownDelayRevisionLimit.',
  hint: 'set revisionHistoryLimit to at least scaleDownDelayRevisionLimit; use no negative number',
  source:
    'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation.go: ValidateRolloutSpec, ValidateRolloutStrategyBlueGreen (P12)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: [canary({}, { revisionHistoryLimit: -1 })], paths: ['spec.revisionHistoryLimit'] },
      { objects: blueGreen(3, 2), paths: [LIMIT] },
    ],
    good: [[canary({}, { revisionHistoryLimit: 0 })], blueGreen(2, 2)],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      for (const path of NEVER_NEGATIVE) {
        const value = numberAt(object, path);
        if (value !== undefined && value < 0) report(object, path, `${value} is below 0`);
      }
      const kept = numberAt(object, 'spec.revisionHistoryLimit') ?? DEFAULT_REVISIONS;
      const running = numberAt(object, LIMIT);
      if (running !== undefined && running > kept) {
        report(object, LIMIT, `${running} revisions are to be kept running, and revisionHistoryLimit keeps ${kept}`);
      }
    }
  },
};
