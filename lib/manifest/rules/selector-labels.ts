import { example } from '../example';
import { childPath, type KubeObject, mapAt } from '../object';
import type { ManifestRule } from '../rule';

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
const SELECTORS: Readonly<Record<string, string>> = {
  Service: 'spec.selector',
  Rollout: 'spec.selector.matchLabels',
  PodDisruptionBudget: 'spec.selector.matchLabels',
  PodMonitor: 'spec.selector.matchLabels',
};

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
  check: ({ objects, ofKind, closed }, report) => {
    // Of others' manifests a Service may be for pods that are not here; MAN107 and the rules of a Rollout look at those.
    if (!closed) return;
    const pods = ofKind('Rollout').map((one) => mapAt(one, 'spec.template.metadata.labels'));
    if (pods.length === 0) return;
    for (const object of objects) {
      const path = SELECTORS[object.kind];
      if (path === undefined) continue;
      for (const [label, value] of Object.entries(mapAt(object, path))) {
        if (!pods.some((labels) => labels[label] === value)) {
          report(object, childPath(path, label), `no pod of the release has the label ${label}=${value}`);
        }
      }
    }
  },
};
