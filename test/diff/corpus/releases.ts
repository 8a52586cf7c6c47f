import { type Case, edited } from './case';
import { BLUE_GREEN, DEPLOYMENT, ROLLOUT } from './manifests';

/** What changes how the next release goes, and the way back from it. */
export const RELEASES: readonly Case[] = [
  {
    name: 'the rollback window goes',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['  rollbackWindow:\n    revisions: 3\n', '']),
    verdict: ['changed Rollout/web: warning DIF030 spec.rollbackWindow'],
  },
  {
    name: 'the rollback window is smaller',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['revisions: 3', 'revisions: 1']),
    verdict: ['changed Rollout/web: warning DIF030 spec.rollbackWindow.revisions'],
  },
  {
    name: 'the rollback window is larger',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['revisions: 3', 'revisions: 4']),
    verdict: ['changed Rollout/web: info DIF180 spec.rollbackWindow.revisions'],
  },
  {
    name: 'fewer versions are kept than the window has',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['revisionHistoryLimit: 5', 'revisionHistoryLimit: 2']),
    verdict: [
      'changed Rollout/web: warning DIF030 spec.revisionHistoryLimit',
      'changed Rollout/web: warning DIF031 spec.revisionHistoryLimit',
    ],
  },
  {
    name: 'fewer versions are kept, and enough',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['revisionHistoryLimit: 5', 'revisionHistoryLimit: 4']),
    verdict: ['changed Rollout/web: warning DIF031 spec.revisionHistoryLimit'],
  },
  {
    name: 'no version of a Deployment is kept',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, ['revisionHistoryLimit: 5', 'revisionHistoryLimit: 0']),
    verdict: ['changed Deployment/web: warning DIF031 spec.revisionHistoryLimit'],
  },
  {
    name: 'old pods of a canary go sooner',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['scaleDownDelaySeconds: 60', 'scaleDownDelaySeconds: 10']),
    verdict: ['changed Rollout/web: warning DIF032 spec.strategy.canary.scaleDownDelaySeconds'],
  },
  {
    name: 'old pods of a blue-green go sooner',
    before: BLUE_GREEN,
    after: edited(BLUE_GREEN, ['scaleDownDelaySeconds: 600', 'scaleDownDelaySeconds: 30']),
    verdict: ['changed Rollout/pay: warning DIF032 spec.strategy.blueGreen.scaleDownDelaySeconds'],
  },
  {
    name: 'a canary begins with more',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['setWeight: 5\n', 'setWeight: 25\n']),
    verdict: [
      'changed Rollout/web: warning DIF095 spec.strategy.canary.steps',
      'changed Rollout/web: info DIF023 spec.strategy.canary.steps[0].setWeight',
    ],
  },
  {
    name: 'a canary begins with less',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['setWeight: 5\n', 'setWeight: 1\n']),
    verdict: ['changed Rollout/web: info DIF023 spec.strategy.canary.steps[0].setWeight'],
  },
  {
    name: 'a shorter pause',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['duration: 5m', 'duration: 30s']),
    verdict: [
      'changed Rollout/web: warning DIF095 spec.strategy.canary.steps',
      'changed Rollout/web: info DIF023 spec.strategy.canary.steps[1].pause.duration',
    ],
  },
  {
    name: 'a longer pause',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['duration: 5m', 'duration: 10m']),
    verdict: ['changed Rollout/web: info DIF023 spec.strategy.canary.steps[1].pause.duration'],
  },
  {
    name: 'nobody is waited for',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['        - pause: {}\n', '']),
    verdict: [
      'changed Rollout/web: warning DIF095 spec.strategy.canary.steps',
      'changed Rollout/web: info DIF023 spec.strategy.canary.steps[4]',
    ],
  },
  {
    name: 'a step more',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['        - setWeight: 50', '        - setWeight: 25\n        - setWeight: 50']),
    verdict: ['changed Rollout/web: info DIF023 spec.strategy.canary.steps[3]'],
  },
  {
    name: 'steps change their places',
    before: edited(ROLLOUT, ['        - pause: {}\n', '        - setWeight: 80\n']),
    after: edited(
      ROLLOUT,
      ['        - pause: {}\n', ''],
      ['        - setWeight: 50', '        - setWeight: 80\n        - setWeight: 50'],
    ),
    verdict: ['moved Rollout/web: info DIF023 spec.strategy.canary.steps[4]'],
  },
  {
    name: 'a gate of a step goes',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['        - analysis:\n            templates:\n              - templateName: errors\n', '']),
    verdict: [
      'changed Rollout/web: warning DIF092 spec.strategy',
      'changed Rollout/web: info DIF023 spec.strategy.canary.steps[2]',
    ],
  },
  {
    name: 'a gate before promotion goes',
    before: BLUE_GREEN,
    after: edited(BLUE_GREEN, [
      '      prePromotionAnalysis:\n        templates:\n          - templateName: errors\n',
      '',
    ]),
    verdict: ['changed Rollout/pay: warning DIF092 spec.strategy'],
  },
  {
    name: 'a gate more',
    before: ROLLOUT,
    after: edited(ROLLOUT, [
      '              - templateName: errors',
      '              - templateName: errors\n              - templateName: latency',
    ]),
    verdict: [
      'changed Rollout/web: info DIF023 spec.strategy.canary.steps[2].analysis.templates[templateName=latency]',
    ],
  },
  {
    name: 'a release hangs for ever',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['  progressDeadlineAbort: true\n', '']),
    verdict: ['changed Rollout/web: warning DIF096 spec.progressDeadlineAbort'],
  },
  {
    name: 'a release hangs for longer',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['progressDeadlineSeconds: 600', 'progressDeadlineSeconds: 3600']),
    verdict: ['changed Rollout/web: info DIF096 spec.progressDeadlineSeconds'],
  },
  {
    name: 'pods are watched for less',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['minReadySeconds: 15', 'minReadySeconds: 1']),
    verdict: ['changed Rollout/web: warning DIF096 spec.minReadySeconds'],
  },
  {
    name: 'pods are watched for longer',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['minReadySeconds: 15', 'minReadySeconds: 30']),
    verdict: ['changed Rollout/web: info DIF180 spec.minReadySeconds'],
  },
  {
    name: 'another strategy',
    before: ROLLOUT,
    after: edited(ROLLOUT, [
      '    canary:\n      maxSurge: 1',
      '    blueGreen:\n      activeService: web\n    unused:\n      maxSurge: 1',
    ]),
    verdict: [
      'changed Rollout/web: warning DIF032 spec.strategy.canary',
      'changed Rollout/web: warning DIF092 spec.strategy',
      'changed Rollout/web: warning DIF095 spec.strategy.canary.steps',
      'changed Rollout/web: warning DIF095 spec.strategy.canary.steps',
      'changed Rollout/web: warning DIF097 spec.strategy',
    ],
  },
  {
    name: 'another selector of a Rollout',
    before: ROLLOUT,
    after: edited(ROLLOUT, [
      '  selector:\n    matchLabels:\n      app: web',
      '  selector:\n    matchLabels:\n      app: shop',
    ]),
    verdict: ['changed Rollout/web: error DIF041 spec.selector.matchLabels.app'],
  },
];
