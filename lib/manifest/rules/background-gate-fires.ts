import { example } from '../example';
import { type KubeObject, listAt, numberAt, textAt } from '../object';
import type { ManifestRule, ObjectGroup } from '../rule';

const rollout = (pauseSeconds: number): KubeObject =>
  example('Rollout', 'web', {
    spec: {
      strategy: {
        canary: {
          analysis: { startingStep: 1, templates: [{ templateName: 'errors' }] },
          steps: [{ setWeight: 10 }, { pause: { duration: `${pauseSeconds}s` } }],
        },
      },
    },
  });
const rolling = (minReadySeconds: number): KubeObject =>
  example('Rollout', 'web', {
    spec: {
      replicas: 4,
      minReadySeconds,
      strategy: {
        canary: { maxSurge: '25%', maxUnavailable: 0, analysis: { templates: [{ templateName: 'errors' }] } },
      },
    },
  });
const GUARDED = 'len(result) > 0 && !isNaN(result[0]) && result[0] <= 1';

const template = (): KubeObject =>
  example('AnalysisTemplate', 'errors', {
    spec: {
      metrics: [{ name: 'errors', interval: '30s', initialDelay: '30s', failureLimit: 2, successCondition: GUARDED }],
    },
  });

const TEMPLATES = 'spec.strategy.canary.analysis.templates';

export const backgroundGateFires: ManifestRule = {
  code: 'MAN007',
  severity: 'error',
  title:
    'A gate in the background that the release outruns: it is still forgiving failures when everything is promoted',
  reason:
    'A run in the background ends with the steps, and a run that is ended without a verdict counts as Successful. A gate that cannot fail before that is no gate.',
  hint: 'lengthen the pauses after startingStep, or shorten interval, initialDelay or failureLimit',
  source: 'Argo Rollouts 1.9.1, rollout/analysis.go: a run that outlives the steps is ended as Successful (B5, P19)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: [rollout(60), template()], paths: [`${TEMPLATES}[0].templateName`] },
      { objects: [rolling(15), template()], paths: [`${TEMPLATES}[0].templateName`] },
    ],
    good: [
      [rollout(120), template()],
      [rolling(30), template()],
    ],
  }),
  check: (group, report) => {
    for (const object of group.ofKind('Rollout')) {
      if (listAt(object, TEMPLATES).length === 0) continue;
      const available = secondsFrom(group, object, numberAt(object, 'spec.strategy.canary.analysis.startingStep') ?? 0);
      for (const [i, reference] of listAt(object, TEMPLATES).entries()) {
        const name = textAt(reference, 'templateName') ?? '';
        for (const metric of listAt(group.find('AnalysisTemplate', name, object), 'spec.metrics')) {
          const needed = secondsToFire(metric);
          if (needed > available) {
            report(
              object,
              `${TEMPLATES}[${i}].templateName`,
              `"${name}" needs ${needed} s to fail, and the release takes ${available} s from startingStep on`,
            );
          }
        }
      }
    }
  },
};

/** Time until failures exceed failureLimit, one measurement after the other, in seconds. */
function secondsToFire(metric: unknown): number {
  const failures = (numberAt(metric, 'failureLimit') ?? 0) + 1;
  return durationSeconds(textAt(metric, 'initialDelay')) + (failures - 1) * durationSeconds(textAt(metric, 'interval'));
}

/** The least time that the steps from one on take, in seconds; a pause without an end has no bound. */
function secondsFrom(group: ObjectGroup, rollout: KubeObject, startingStep: number): number {
  const steps = listAt(rollout, 'spec.strategy.canary.steps');
  if (steps.length === 0) return secondsToExchange(group, rollout);
  let sum = 0;
  for (const step of steps.slice(startingStep)) {
    const pause = typeof step === 'object' && step !== null && 'pause' in step ? step.pause : undefined;
    const duration = textAt(pause, 'duration');
    if (pause !== undefined && duration === undefined) return Number.POSITIVE_INFINITY;
    sum +=
      durationSeconds(duration) + analysisSeconds(group, step) + durationSeconds(textAt(step, 'experiment.duration'));
  }
  return sum;
}

/** Without steps pods are exchanged a few at a time, and each must be ready for minReadySeconds before the next ones go. */
function secondsToExchange(group: ObjectGroup, rollout: KubeObject): number {
  const autoscaler = group
    .ofKind('HorizontalPodAutoscaler')
    .find((one) => textAt(one, 'spec.scaleTargetRef.name') === rollout.metadata.name);
  const pods = numberAt(rollout, 'spec.replicas') ?? numberAt(autoscaler, 'spec.minReplicas') ?? 1;
  const at = (field: string) => `spec.strategy.canary.${field}`;
  const count = (field: string, none: string, round: (pods: number) => number): number => {
    const text = textAt(rollout, at(field)) ?? none;
    return numberAt(rollout, at(field)) ?? round((pods * Number.parseInt(text, 10)) / 100);
  };
  const each = Math.max(1, count('maxSurge', '25%', Math.ceil) + count('maxUnavailable', '25%', Math.floor));
  return Math.ceil(pods / each) * (numberAt(rollout, 'spec.minReadySeconds') ?? 0);
}

function analysisSeconds(group: ObjectGroup, step: unknown): number {
  let longest = 0;
  for (const reference of listAt(step, 'analysis.templates')) {
    for (const metric of listAt(
      group.find('AnalysisTemplate', textAt(reference, 'templateName') ?? ''),
      'spec.metrics',
    )) {
      const measurements = (numberAt(metric, 'count') ?? 1) - 1;
      longest = Math.max(
        longest,
        durationSeconds(textAt(metric, 'initialDelay')) + measurements * durationSeconds(textAt(metric, 'interval')),
      );
    }
  }
  return longest;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** Seconds of a Go duration such as `1m30s`; 0 for none. */
function durationSeconds(text: string | undefined): number {
  if (text === undefined) return 0;
  const known = DURATIONS.get(text);
  if (known !== undefined) return known;
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/([0-9.]+)(ms|s|m|h)/g))
    sum += Number(amount) * (UNIT_SECONDS[unit ?? ''] ?? 0);
  DURATIONS.set(text, sum);
  return sum;
}

/** A release knows few durations, and asks for them often. */
const DURATIONS = new Map<string, number>();
