import { valueAt } from '../../diagnostic/path';
import { analysesOf } from '../analysis';
import { canary, example, metric } from '../example';
import { childPath, type KubeObject, listAt, textAt } from '../object';
import { inStep, STEPS, stepsOf } from '../rollout';
import type { ManifestRule, ReportObject } from '../rule';

const step = (fieldPath: string): KubeObject =>
  canary({
    steps: [
      {
        analysis: {
          templates: [{ templateName: 'errors' }],
          args: [{ name: 'a', valueFrom: { fieldRef: { fieldPath } } }],
        },
      },
    ],
  });
const template = (): KubeObject =>
  example('AnalysisTemplate', 'errors', { spec: { args: [{ name: 'a' }], metrics: [metric()] } });
const PATH = `${STEPS}[0].analysis.args[0].valueFrom.fieldRef.fieldPath`;

export const argumentFields: ManifestRule = {
  code: 'MAN026',
  severity: 'error',
  title: 'An argument from a field that a Rollout does not have: InvalidSpec, or every analysis ends in Error',
  reason:
    'A fieldPath that begins with metadata is read as the downward API reads it, and is refused where it knows no such field. Any other is looked up in the Rollout when the analysis starts, and has to end in a text, a number or a boolean.',
  hint: "name metadata.name, metadata.namespace, metadata.uid, metadata.labels['key'], metadata.annotations['key'], or a field of the Rollout",
  source:
    'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation.go: InvalidAnalysisArgsMessage; utils/analysis/factory.go: extractValueFromRollout',
  kinds: ['Rollout'],
  examples: () => ({
    bad: ['metadata.generation', 'spec.replica', 'spec.selector'].map((path) => ({
      objects: [step(path), template()],
      paths: [PATH],
    })),
    good: ['metadata.name', "metadata.labels['app']", 'spec.selector.matchLabels.app', 'status.currentPodHash'].map(
      (path) => [step(path), template()],
    ),
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      for (const { analysis, path } of analysesOf(object)) check(object, analysis, path, report);
      for (const at of stepsOf(object)) {
        for (const [i, analysis] of listAt(at.step, 'experiment.analyses').entries()) {
          check(object, analysis, inStep(at, 'experiment', 'analyses', i), report);
        }
      }
    }
  },
};

function check(object: KubeObject, analysis: unknown, path: string, report: ReportObject): void {
  for (const [i, argument] of listAt(analysis, 'args').entries()) {
    const field = textAt(argument, 'valueFrom.fieldRef.fieldPath');
    if (field === undefined || exists(object, field)) continue;
    report(
      object,
      childPath(path, 'args', i, 'valueFrom', 'fieldRef', 'fieldPath'),
      `a Rollout has no "${field}" to read`,
    );
  }
}

const METADATA = /^metadata\.(name|namespace|uid|labels|annotations|(labels|annotations)\['[^']+'\])$/;

function exists(object: KubeObject, field: string): boolean {
  if (field.startsWith('metadata')) return METADATA.test(field);
  // The controller writes the status, and fills in some of the spec.
  if (field.startsWith('status') || /^spec\.(replicas|progressDeadlineSeconds|revisionHistoryLimit)$/.test(field))
    return true;
  let value: unknown = object;
  for (const segment of field.split(/[.[\]]+/).filter((one) => one !== '')) {
    value = valueAt(value, [segment]);
    if (value === undefined || value === null) return false;
  }
  return typeof value !== 'object';
}
