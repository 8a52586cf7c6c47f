import { example } from '../example';
import { childPath, hasAt, type KubeObject, mapAt } from '../object';
import { HASH_LABEL, type ServiceRole, servicesOf } from '../rollout';
import type { ManifestRule, ReportObject } from '../rule';

const rollout = (): KubeObject =>
  example('Rollout', 'web', {
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web', tier: 'front' } } },
    },
  });
const service = (selector: Readonly<Record<string, string>>): KubeObject =>
  example('Service', 'web', { spec: { selector } });

/** Where each kind says which pods it means. */
const SELECTORS = [
  ['Service', 'spec.selector'],
  ['PodDisruptionBudget', 'spec.selector.matchLabels'],
  ['PodMonitor', 'spec.selector.matchLabels'],
] as const;

type Labels = Readonly<Record<string, string>>;

export const selectorLabels: ManifestRule = {
  code: 'MAN005',
  severity: 'error',
  title: 'A selector that no pod of the release carries: no endpoints, no budget, no metrics, or InvalidSpec',
  reason:
    'Argo Rollouts looks for every key of a Service selector in the labels of the pod template, and does not start a release where one is missing. Other selectors then find no pod.',
  hint: 'select by labels of the pod template only; rollouts-pod-template-hash is added by the controller',
  source: 'Argo Rollouts 1.9.1, utils/validation/validation_references.go: ValidateService (P4)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [{ objects: [rollout(), service({ app: 'web', track: 'stable' })], paths: ['spec.selector.track'] }],
    good: [[rollout(), service({ app: 'web' })]],
  }),
  check: (group, report) => {
    const rollouts = group.ofKind('Rollout').filter((object) => !hasAt(object, 'spec.workloadRef'));
    const pods = rollouts.map((object) => ({ object, labels: mapAt(object, POD_LABELS) }));
    const owned = new Set<KubeObject>();
    for (const { object, labels } of pods) {
      for (const role of servicesOf(object)) {
        const service = group.find('Service', role.name, object);
        if (service === undefined) continue;
        owned.add(service);
        checkOwned(object, labels, role, service, report);
      }
    }
    // What others wrote may mean pods that are not here.
    if (!group.closed || pods.length === 0) return;
    for (const [kind, path] of SELECTORS) {
      for (const object of group.ofKind(kind)) {
        if (owned.has(object)) continue;
        for (const [label, value] of Object.entries(mapAt(object, path))) {
          if (label === HASH_LABEL || pods.some(({ labels }) => labels[label] === value)) continue;
          report(object, childPath(path, label), `no pod of the release has the label ${label}=${value}`);
        }
      }
    }
  },
};

const POD_LABELS = 'spec.template.metadata.labels';

/** As the controller compares the selector of a Service that a Rollout names. */
function checkOwned(
  object: KubeObject,
  labels: Labels,
  { path, metadata }: ServiceRole,
  service: KubeObject,
  report: ReportObject,
): void {
  const own = metadata === undefined ? {} : mapAt(object, metadata);
  for (const [label, value] of Object.entries(mapAt(service, 'spec.selector'))) {
    if (label === HASH_LABEL || labels[label] === value || own[label] === value) continue;
    const role = path.slice(path.lastIndexOf('.') + 1);
    const message = `no pod of Rollout "${object.metadata.name}", whose ${role} this is, has the label ${label}=${value}`;
    report(service, childPath('spec.selector', label), message);
  }
}
