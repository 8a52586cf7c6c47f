import {
  type AnalysisAt,
  analysesOf,
  isWhole,
  METRIC_KINDS,
  metricsOf,
  type TemplateAt,
  templatesOf,
} from '../analysis';
import { canary, example, metric } from '../example';
import { fieldAt, hasAt, type KubeObject, listAt, textAt } from '../object';
import { CANARY } from '../rollout';
import type { ManifestRule, ObjectGroup, ReportObject } from '../rule';

const query = (text: string) => metric({ interval: '1m', provider: { prometheus: { query: text } } });
const template = (args: readonly object[], text = 'up{hash="{{args.hash}}"}') =>
  example('AnalysisTemplate', 'errors', { spec: { args, metrics: [query(text)] } });
const rollout = (...args: readonly object[]) =>
  canary({ analysis: { templates: [{ templateName: 'errors' }], args }, steps: [{ pause: {} }] });
const TEMPLATE_NAME = `${CANARY}.analysis.templates[0].templateName`;

export const analysisArguments: ManifestRule = {
  code: 'MAN042',
  severity: 'error',
  title:
    'An argument of an analysis that nobody gives, or that is used without being declared: InvalidSpec, or an abort',
  reason:
    'A template declares its arguments; each one without a value has to come from the Rollout. What the Rollout gives and the template does not declare is dropped, and a {{args.…}} that is not known ends the run in Error: of the second release, since the first runs none.',
  hint: 'declare the argument in spec.args of the template, and give it a value there or in args of the analysis',
  source:
    'Argo Rollouts 1.9.1, utils/analysis/helpers.go: MergeArgs; utils/template/template.go: resolve (P21, B9); measured (analysis-arg-missing, analysis-unknown-arg-in-query)',
  kinds: METRIC_KINDS,
  examples: () => ({
    bad: [
      { objects: [template([{ name: 'hash' }]), rollout()], paths: [TEMPLATE_NAME] },
      { objects: [template([])], paths: ['spec.metrics[0]'] },
    ],
    good: [
      [template([{ name: 'hash' }]), rollout({ name: 'hash', value: 'a' })],
      [template([{ name: 'hash', value: 'a' }]), rollout()],
      [template([], 'up')],
    ],
  }),
  check: (group, report) => {
    for (const object of METRIC_KINDS.flatMap(group.ofKind)) checkUses(group, object, report);
    for (const object of group.ofKind('Rollout')) {
      for (const at of analysesOf(object)) checkGiven(object, at, templatesOf(group, object, at), report);
    }
  },
};

const namesOf = (root: unknown, path: string): readonly string[] =>
  listAt(root, path).flatMap((argument) => textAt(argument, 'name') ?? []);

/** Every `{{…}}` in a metric is replaced, so each has to be an argument. Those of templates run together are known to all. */
function checkUses(group: ObjectGroup, object: KubeObject, report: ReportObject): void {
  const own: ReadonlySet<string> = new Set(namesOf(object, 'spec.args'));
  let known: ReadonlySet<string> | undefined;
  for (const { metric, path, name } of metricsOf(object)) {
    const used = new Set<string>();
    collectTags(metric, used);
    for (const tag of used) {
      const argument = tag.startsWith('args.') ? tag.slice('args.'.length) : undefined;
      if (argument !== undefined && own.has(argument)) continue;
      known ??= knownTo(group, object);
      if (known === undefined) return;
      if (argument !== undefined && known.has(argument)) continue;
      report(object, path, `metric "${name}" uses {{${tag}}}, which is no argument of the template`);
    }
  }
}

function collectTags(value: unknown, tags: Set<string>): void {
  if (typeof value === 'string') {
    for (let at = value.indexOf('{{'); at !== -1; at = value.indexOf('{{', at + 2)) {
      const end = value.indexOf('}}', at);
      if (end !== -1) tags.add(value.slice(at + 2, end).trim());
    }
  } else if (Array.isArray(value)) {
    for (const item of value) collectTags(item, tags);
  } else if (typeof value === 'object' && value !== null) {
    for (const inside of Object.values(value)) collectTags(inside, tags);
  }
}

/** The arguments that a template's metrics may use: its own and those of templates that run beside it. Undefined where one of those is not here. */
function knownTo(group: ObjectGroup, object: KubeObject): ReadonlySet<string> | undefined {
  const known = new Set(namesOf(object, 'spec.args'));
  for (const rollout of group.ofKind('Rollout')) {
    for (const at of analysesOf(rollout)) {
      const together = templatesOf(group, rollout, at).map(({ template }) => template);
      if (!together.includes(object)) continue;
      if (!isWhole(group, rollout, at)) return undefined;
      for (const template of together) for (const name of namesOf(template, 'spec.args')) known.add(name);
    }
  }
  return known;
}

function checkGiven(
  object: KubeObject,
  { analysis }: AnalysisAt,
  templates: readonly TemplateAt[],
  report: ReportObject,
): void {
  const given = new Set(namesOf(analysis, 'args'));
  for (const { template, path } of templates) {
    for (const name of neededBy(template)) {
      if (given.has(name)) continue;
      // Another template of the same analysis may have the value.
      if (
        templates.some((other) =>
          listAt(other.template, 'spec.args').some((one) => textAt(one, 'name') === name && hasValue(one)),
        )
      )
        continue;
      const message = `the template "${template.metadata.name}" needs the argument "${name}", and the analysis gives none`;
      report(object, path, message);
    }
  }
}

/** The arguments of a template that have no value of their own; several steps run the same templates. */
function neededBy(template: KubeObject): readonly string[] {
  let needed = NEEDED.get(template);
  if (needed === undefined) {
    needed = listAt(template, 'spec.args').flatMap((one) => (hasValue(one) ? [] : (textAt(one, 'name') ?? [])));
    NEEDED.set(template, needed);
  }
  return needed;
}

const NEEDED = new WeakMap<KubeObject, readonly string[]>();

const hasValue = (argument: unknown): boolean =>
  hasAt(argument, 'valueFrom') || typeof fieldAt(argument, 'value') === 'string';
