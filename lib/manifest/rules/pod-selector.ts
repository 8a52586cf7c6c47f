import { example } from '../example';
import { childPath, fieldAt, hasAt, type KubeObject, listAt, mapAt, textAt } from '../object';
import type { ManifestRule, ReportObject } from '../rule';

const rollout = (spec: Readonly<Record<string, unknown>>): KubeObject => example('Rollout', 'web', { spec });
const template = (labels: Readonly<Record<string, string>>) => ({ metadata: { labels } });
const SELECTOR = 'spec.selector';
const LABELS = 'spec.selector.matchLabels';

export const podSelector: ManifestRule = {
  code: 'MAN013',
  severity: 'error',
  title: 'A Rollout whose selector does not find its own pods: InvalidSpec',
  reason:
    'The ReplicaSets of a Rollout find their pods by its selector. The controller refuses one that is missing, empty, or that the labels of the pod template do not match.',
  hint: 'list labels in spec.selector.matchLabels that spec.template.metadata.labels has too',
  source:
    'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation.go: ValidateRolloutSpec; Kubernetes: ValidatePodTemplateSpecForReplicaSet',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: [rollout({ selector: null, template: template({ app: 'web' }) })], paths: [SELECTOR] },
      { objects: [rollout({ selector: {}, template: template({ app: 'web' }) })], paths: [SELECTOR] },
      {
        objects: [rollout({ selector: { matchLabels: { app: 'web' } }, template: template({ app: 'api' }) })],
        paths: [`${SELECTOR}.matchLabels.app`],
      },
      {
        objects: [
          rollout({
            selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] },
            template: template({}),
          }),
        ],
        paths: [`${SELECTOR}.matchExpressions[0]`],
      },
      {
        objects: [
          rollout({
            workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
            template: template({ app: 'web' }),
          }),
          example('Deployment', 'web'),
        ],
        paths: ['spec.template'],
      },
    ],
    good: [
      [rollout({ selector: { matchLabels: { app: 'web' } }, template: template({ app: 'web', tier: 'front' }) })],
      [
        rollout({ workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } }),
        example('Deployment', 'web'),
      ],
    ],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      if (!hasAt(object, 'spec.workloadRef')) checkSelector(object, report);
      else if (hasAt(object, 'spec.template')) {
        report(object, 'spec.template', 'the pods are taken from workloadRef, so the template must be empty');
      }
    }
  },
};

function checkSelector(object: KubeObject, report: ReportObject): void {
  const wanted = Object.entries(mapAt(object, LABELS));
  const expressions = listAt(object, 'spec.selector.matchExpressions');
  if (wanted.length + expressions.length === 0) {
    // Labels of a wrong type are told by the schema.
    if (hasAt(object, LABELS) && Object.keys(Object(fieldAt(object, LABELS))).length > 0) return;
    report(object, SELECTOR, hasAt(object, SELECTOR) ? 'the selector is empty' : 'there is no selector');
    return;
  }
  const labels = mapAt(object, 'spec.template.metadata.labels');
  for (const [label, value] of wanted) {
    if (labels[label] === value) continue;
    const has = labels[label] === undefined ? 'does not have it' : `has "${labels[label]}"`;
    report(
      object,
      childPath(`${SELECTOR}.matchLabels`, label),
      `the selector wants ${label}=${value}; the pod template ${has}`,
    );
  }
  for (const [i, expression] of expressions.entries()) {
    if (matches(expression, labels)) continue;
    const key = textAt(expression, 'key') ?? '';
    report(
      object,
      `${SELECTOR}.matchExpressions[${i}]`,
      `the labels of the pod template do not satisfy the selector on "${key}"`,
    );
  }
}

function matches(expression: unknown, labels: Readonly<Record<string, string>>): boolean {
  const value = labels[textAt(expression, 'key') ?? ''];
  const values = listAt(expression, 'values');
  switch (textAt(expression, 'operator')) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
  return true;
}
