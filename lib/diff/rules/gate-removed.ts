import { analysesOf } from '../../manifest/analysis';
import { analysisTemplate, example, metric } from '../../manifest/example';
import { type KubeObject, listAt, nameOf, textAt } from '../../manifest/object';
import { pairOf } from '../example';
import { metricPairs } from '../gates';
import type { DiffRule } from '../rule';

const rollout = (...steps: readonly object[]) =>
  example('Rollout', 'web', { spec: { strategy: { canary: { steps } } } });
const analysis = { analysis: { templates: [{ templateName: 'errors' }] } };

export const gateRemoved: DiffRule = {
  code: 'DIF092',
  severity: 'warning',
  title: 'Removes a gate: nothing asks its question any more',
  reason:
    'Every analysis that a release runs, in the background, at a step or around a promotion, can stop it. One that is gone stops nothing.',
  hint: 'keep the question; where it told nothing, ask a better one in the same change',
  source: 'Argo Rollouts 1.9.1, docs/features/analysis.md',
  kinds: ['Rollout', 'AnalysisTemplate', 'ClusterAnalysisTemplate'],
  counted: ['gate is removed', 'gates are removed'],
  examples: () => ({
    has: [
      { ...pairOf(rollout({ setWeight: 10 }, analysis), rollout({ setWeight: 10 })), paths: ['spec.strategy'] },
      {
        ...pairOf(
          analysisTemplate('errors', metric(), metric({ name: 'latency' })),
          analysisTemplate('errors', metric()),
        ),
        paths: ['spec.metrics[name=latency]'],
      },
    ],
    hasNot: [
      pairOf(rollout({ setWeight: 10 }, analysis), rollout({ setWeight: 20 }, analysis)),
      pairOf(rollout({ setWeight: 10 }), rollout({ setWeight: 10 }, analysis)),
    ],
  }),
  check: ({ before, after }, _, tell) => {
    if (before === undefined || after === undefined) return;
    const name = nameOf(after.object);
    for (const metric of metricPairs(before.object, after.object)) {
      if (metric.before !== undefined && metric.after === undefined)
        tell(`spec.metrics[name=${metric.name}]`, `${name} does not ask "${metric.name}" any more`);
    }
    if (after.object.kind !== 'Rollout') return;
    const [then, now] = [usesOf(before.object), usesOf(after.object)];
    for (const [template, uses] of then) {
      const left = now.get(template) ?? 0;
      if (left === 0) tell('spec.strategy', `${name} does not run the analysis "${template}" any more`);
      else if (left < uses) tell('spec.strategy', `${name} runs the analysis "${template}" ${left} times, not ${uses}`);
    }
  },
};

/** How often a Rollout runs each template. */
function usesOf(rollout: KubeObject): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { analysis: run } of analysesOf(rollout)) {
    for (const reference of listAt(run, 'templates')) {
      const template = textAt(reference, 'templateName');
      if (template !== undefined) uses.set(template, (uses.get(template) ?? 0) + 1);
    }
  }
  return uses;
}
