import { type AnalysisAt, analysesOf, metricsOf, templatesOf } from '../analysis';
import { goSeconds } from '../duration';
import { analysisTemplate, canary, GUARDED, metric } from '../example';
import { fieldAt, hasAt, type KubeObject, numberAt, textAt } from '../object';
import { intOf, stepsOf } from '../rollout';
import type { ManifestRule, ObjectGroup } from '../rule';

const rollout = (pauseSeconds: number): KubeObject =>
  canary({
    analysis: { startingStep: 1, templates: [{ templateName: 'errors' }] },
    steps: [{ setWeight: 10 }, { pause: { duration: `${pauseSeconds}s` } }],
  });

const template = (): KubeObject =>
  analysisTemplate(
    'errors',
    metric({ interval: '30s', initialDelay: '30s', failureLimit: 2, successCondition: GUARDED }),
  );

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
      const background = analysesOf(object).find((one) => one.background);
      if (background === undefined) continue;
      const startingStep = numberAt(background.analysis, 'startingStep') ?? 0;
      // One that never begins is told as such.
      if (startingStep >= stepsOf(object).length) continue;
      const availableSeconds = secondsFrom(group, object, startingStep);
      if (availableSeconds === undefined) continue;
      for (const { template, path } of templatesOf(group, object, background)) {
        for (const { metric, name } of metricsOf(template)) {
          const neededSeconds = secondsToFire(metric);
          if (neededSeconds === undefined || neededSeconds <= availableSeconds) continue;
          const needs = `"${name}" of "${template.metadata.name}" needs ${neededSeconds} s to fail`;
          report(object, path, `${needs}, and the steps from startingStep on take ${availableSeconds} s`);
        }
      }
    }
  },
};

/** Time until failures exceed failureLimit, one measurement after the other, in seconds; undefined where it is not known. */
function secondsToFire(metric: unknown): number | undefined {
  const forgiven = intOf(fieldAt(metric, 'failureLimit'));
  const delay = goSeconds(textAt(metric, 'initialDelay') ?? '0');
  const interval = goSeconds(textAt(metric, 'interval') ?? '0');
  if (forgiven === undefined || delay === undefined || interval === undefined) return undefined;
  return delay + Math.max(0, forgiven) * interval;
}

/** The least time that the steps from one on take, in seconds; undefined where nothing bounds it. */
function secondsFrom(group: ObjectGroup, rollout: KubeObject, startingStep: number): number | undefined {
  let sum = 0;
  const analyses = new Map(analysesOf(rollout).map((at) => [at.path, at]));
  for (const { step, path, index } of stepsOf(rollout)) {
    if (index < startingStep) continue;
    // A pause without an end, an experiment and a plugin take the time that they take.
    if (hasAt(step, 'experiment') || hasAt(step, 'plugin')) return undefined;
    if (hasAt(step, 'pause')) {
      const seconds = pauseSeconds(fieldAt(step, 'pause.duration'));
      if (seconds === undefined) return undefined;
      sum += seconds;
    }
    const analysis = analyses.get(`${path}.analysis`);
    if (analysis !== undefined) sum += analysisSeconds(group, rollout, analysis);
  }
  return sum;
}

function pauseSeconds(duration: unknown): number | undefined {
  if (typeof duration === 'number') return duration;
  if (typeof duration !== 'string') return undefined;
  return /^\d+$/.test(duration) ? Number(duration) : goSeconds(duration);
}

function analysisSeconds(group: ObjectGroup, rollout: KubeObject, at: AnalysisAt): number {
  let longest = 0;
  for (const { template } of templatesOf(group, rollout, at)) {
    for (const { metric } of metricsOf(template)) {
      const measurements = Math.max(1, intOf(fieldAt(metric, 'count')) ?? 1) - 1;
      const delay = goSeconds(textAt(metric, 'initialDelay') ?? '0') ?? 0;
      longest = Math.max(longest, delay + measurements * (goSeconds(textAt(metric, 'interval') ?? '0') ?? 0));
    }
  }
  return longest;
}
