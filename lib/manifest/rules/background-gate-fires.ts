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
    bad: [{ objects: [rollout(60), template()], paths: [`${TEMPLATES}[0].templateName`] }],
    good: [[rollout(120), template()]],
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
              `"${name}" needs ${needed} s to fail, and the steps from startingStep on take ${available} s`,
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
  // Without steps the run lasts as long as the exchange of the pods, which the catalog's rules know.
  if (steps.length === 0) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (const step of steps.slice(startingStep)) {
    const pause = typeof step === 'object' && step !== null && 'pause' in step ? step.pause : undefined;
    const duration = textAt(pause, 'duration');
    if (pause !== undefined && duration === undefined) return Number.POSITIVE_INFINITY;
    sum += durationSeconds(duration) + analysisSeconds(group, step);
  }
  return sum;
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
