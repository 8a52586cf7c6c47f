import { analysesOf } from '../../manifest/analysis';
import { analysisTemplate, metric } from '../../manifest/example';
import { type KubeObject, listAt, nameOf, textAt } from '../../manifest/object';
import { pairOf } from '../example';
import type { DiffRule } from '../rule';

const template = (...dryRun: readonly string[]): KubeObject => {
  const made = analysisTemplate('errors', metric());
  return dryRun.length === 0
    ? made
    : { ...made, ...{ spec: { metrics: [metric()], dryRun: dryRun.map((metricName) => ({ metricName })) } } };
};

export const gateSilenced: DiffRule = {
  code: 'DIF093',
  severity: 'warning',
  title: 'Silences a gate: it measures, and what it finds stops nothing',
  reason: 'A metric under dryRun counts for nothing in the verdict of its run, whatever its conditions say.',
  hint: 'use dryRun for new questions only, and take it off when their answers are known to be right',
  source: 'Argo Rollouts 1.9.1, docs/features/analysis.md: Dry-Run Mode (P23)',
  kinds: ['Rollout', 'AnalysisTemplate', 'ClusterAnalysisTemplate'],
  counted: ['gate is silenced', 'gates are silenced'],
  examples: () => ({
    has: [{ ...pairOf(template(), template('errors')), paths: ['spec.dryRun'] }],
    hasNot: [pairOf(template('errors'), template())],
  }),
  check: ({ before, after }, _, tell) => {
    if (before === undefined || after === undefined) return;
    const then = new Set(silentIn(before.object).map(({ name }) => name));
    for (const { name, path } of silentIn(after.object))
      if (!then.has(name)) tell(path, `${nameOf(after.object)}: what "${name}" finds stops nothing any more`);
  },
};

function silentIn(object: KubeObject): readonly { readonly name: string; readonly path: string }[] {
  const names = (holder: unknown, path: string) =>
    listAt(holder, path.split('.').at(-1) ?? '').flatMap((one) => {
      const name = textAt(one, 'metricName');
      return name === undefined ? [] : [{ name, path }];
    });
  if (object.kind === 'Rollout')
    return analysesOf(object).flatMap(({ analysis, path }) => names(analysis, `${path}.dryRun`));
  return listAt(object, 'spec.dryRun').flatMap((one) => ({
    name: textAt(one, 'metricName') ?? '',
    path: 'spec.dryRun',
  }));
}
