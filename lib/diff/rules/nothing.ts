import { example } from '../../manifest/example';
import { nameOf } from '../../manifest/object';
import { type Change, liveFields } from '../change';
import type { Idle } from '../compare/idle';
import { pairOf, workload } from '../example';
import type { DiffRule } from '../rule';

const labelled = (version: string) =>
  example('ConfigMap', 'web', { data: {} }, { labels: { 'helm.sh/chart': version } });
const CPU = 'spec.template.spec.containers[name=web].resources.limits.cpu';
const cpu = (amount: string) => workload('Rollout', { resources: { limits: { cpu: amount } } });

export const nothing: DiffRule = {
  code: 'DIF190',
  severity: 'info',
  title: 'Changes nothing that runs: the cluster sees the same',
  reason:
    'A default that is written out, a quantity in another form, an order that does not count, a label that nothing selects by, or another file. The object is applied, and no controller does anything.',
  hint: 'nothing',
  source:
    'Kubernetes 1.34, pkg/apis/*/v1/defaults.go; Argo Rollouts 1.9.1, utils/replicaset: PodTemplateEqualIgnoreHash (P43, B12)',
  kinds: 'any',
  counted: ['object changes in form only', 'objects change in form only'],
  examples: () => ({
    has: [
      { ...pairOf(cpu('1000m'), cpu('1')), paths: [CPU] },
      { ...pairOf(labelled('web-1.0.0'), labelled('web-1.0.1')), paths: ['metadata.labels["helm.sh/chart"]'] },
    ],
    hasNot: [pairOf(cpu('1'), cpu('2'))],
  }),
  check: (change, _, tell) => {
    const { before, after, fields } = change;
    if (before === undefined || after === undefined || !changesNothing(change)) return;
    if (fields.some(({ idle }) => idle === 'ignored')) return;
    const name = nameOf(after.object);
    const [field] = fields;
    if (field === undefined) tell('(root)', `${name} stands in another file, and is the same`);
    else
      tell(
        field,
        `${name}: ${field.idle === undefined ? 'a label or an annotation that nothing here goes by' : TOLD[field.idle]}`,
      );
  },
};

const TOLD: Readonly<Record<Idle, string>> = {
  order: 'only the order is another',
  quantity: 'the same quantity, written otherwise',
  default: 'what is written out, or left out, is the default',
  ignored: 'Argo CD ignores it',
};

/** Labels and annotations outside of pod templates that are for people and tools, and select nothing. */
const DESCRIBES =
  /^metadata\.(?:labels|annotations)(?:$|\.(?:chart|heritage|release|version|owner|team)$|\["(?:helm\.sh\/|meta\.helm\.sh\/|app\.kubernetes\.io\/(?:version|managed-by|part-of|component)|cutover\.dev\/|kubectl\.kubernetes\.io\/|kustomize\.|config\.kubernetes\.io\/))/;

/** Whether no field of a change does anything. */
export const changesNothing = (change: Change): boolean =>
  change.before !== undefined &&
  change.after !== undefined &&
  liveFields(change).every(({ path, before, after }) => DESCRIBES.test(path) && !isWhole(path, before, after));

/** Labels that appear or go as a whole may have others among them. */
const isWhole = (path: string, before: unknown, after: unknown): boolean => {
  if (!/^metadata\.(?:labels|annotations)$/.test(path)) return false;
  const keys = Object.keys(Object(before ?? after));
  return keys.some((key) => !DESCRIBES.test(`metadata.labels["${key}"]`));
};
