import { type AnalysisAt, analysesOf, metricsOf, type TemplateAt, templatesOf } from '../analysis';
import { canary, example, metric } from '../example';
import { hasAt, type KubeObject, listAt, textAt } from '../object';
import { CANARY } from '../rollout';
import type { ManifestRule, ReportObject } from '../rule';

const template = (name: string, metricName: string, args: readonly object[] = []) =>
  example('AnalysisTemplate', name, { spec: { args, metrics: [metric({ name: metricName, interval: '1m' })] } });
const rollout = () =>
  canary({ analysis: { templates: [{ templateName: 'a' }, { templateName: 'b' }] }, steps: [{ pause: {} }] });
const SECOND = `${CANARY}.analysis.templates[1].templateName`;

export const analysisMerge: ManifestRule = {
  code: 'MAN043',
  severity: 'error',
  title: 'Templates of one analysis that contradict each other: InvalidSpec',
  reason:
    'The templates of an analysis become one run. In it each metric has a name of its own, an argument one value, and a metric one rule for dry runs and one for what is kept.',
  hint: 'give the metrics different names; give the argument one value, or give it in the Rollout only',
  source:
    'Argo Rollouts 1.9.1, utils/analysis/helpers.go: flattenMetrics, flattenArgs, validateDryRunMetrics (P21); measured (two-templates-same-metric-name)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: [rollout(), template('a', 'errors'), template('b', 'errors')], paths: [SECOND] },
      {
        objects: [
          rollout(),
          template('a', 'x', [{ name: 'n', value: '1' }]),
          template('b', 'y', [{ name: 'n', value: '2' }]),
        ],
        paths: [SECOND],
      },
    ],
    good: [
      [rollout(), template('a', 'errors'), template('b', 'latency')],
      [rollout(), template('a', 'x', [{ name: 'n', value: '1' }]), template('b', 'y', [{ name: 'n', value: '1' }])],
    ],
  }),
  check: (group, report) => {
    for (const object of group.ofKind('Rollout')) {
      const together = new Set<string>();
      for (const at of analysesOf(object)) {
        const templates = templatesOf(group, object, at);
        const names = templates.map(({ template }) => template.metadata.name).join(' ');
        // Steps often run the same templates.
        const known = together.has(names) && RULES.every(([, field]) => !hasAt(at.analysis, field));
        together.add(names);
        if (!known) checkTogether(object, at, templates, report);
      }
    }
  },
};

/** Lists whose items have a name that may occur once in all templates. */
const RULES = [
  ['spec.dryRun', 'dryRun'],
  ['spec.measurementRetention', 'measurementRetention'],
] as const;

function checkTogether(
  object: KubeObject,
  { analysis, path: base }: AnalysisAt,
  templates: readonly TemplateAt[],
  report: ReportObject,
): void {
  const seen = new Map<string, string>();
  const once = (what: string, name: string, by: string, path: string): void => {
    const first = seen.get(`${what} ${name}`);
    if (first !== undefined && first !== by) report(object, path, `${what} "${name}" is in "${first}" and in "${by}"`);
    seen.set(`${what} ${name}`, by);
  };
  for (const [, field] of RULES) {
    for (const item of listAt(analysis, field))
      once(`${field} of`, textAt(item, 'metricName') ?? '', 'the Rollout', base);
  }
  const values = new Map<string, string>();
  for (const { template, path } of templates) {
    const by = template.metadata.name;
    for (const { name } of metricsOf(template)) once('the metric', name, by, path);
    for (const [list, field] of RULES) {
      for (const item of listAt(template, list)) once(`${field} of`, textAt(item, 'metricName') ?? '', by, path);
    }
    for (const argument of listAt(template, 'spec.args')) {
      const name = textAt(argument, 'name') ?? '';
      const value = textAt(argument, 'value');
      const other = values.get(name);
      if (value === undefined) continue;
      if (other !== undefined && other !== value) {
        report(object, path, `the argument "${name}" has the values "${other}" and "${value}"`);
      }
      values.set(name, value);
    }
  }
}
