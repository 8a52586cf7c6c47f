import { example } from '../example';
import { childPath, type KubeObject, mapAt } from '../object';
import { podTemplatesOf } from '../pods';
import type { ManifestRule } from '../rule';

const deployment = (matchLabels: Readonly<Record<string, string>>): KubeObject =>
  example('Deployment', 'web', {
    spec: {
      selector: { matchLabels },
      template: { metadata: { labels: { app: 'web', version: '1' } }, spec: { automountServiceAccountToken: false } },
    },
  });

export const selectorInTemplate: ManifestRule = {
  code: 'MAN113',
  severity: 'error',
  title: 'A workload that does not select its own pods: the API server refuses it',
  reason:
    'The selector has to match the labels of the template. It cannot be changed later either: a wrong one means another object.',
  hint: 'repeat in template.metadata.labels what selector.matchLabels asks for',
  source: 'Kubernetes 1.34, pkg/apis/apps/validation/validation.go: selector does not match template labels',
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'],
  examples: () => ({
    bad: [{ objects: [deployment({ app: 'web', tier: 'front' })], paths: ['spec.selector.matchLabels.tier'] }],
    good: [[deployment({ app: 'web' })]],
  }),
  check: (group, report) => {
    for (const { owner, labels } of podTemplatesOf(group)) {
      if (!KINDS.has(owner.kind)) continue;
      for (const [key, value] of Object.entries(mapAt(owner, SELECTOR))) {
        if (labels[key] === value) continue;
        report(owner, childPath(SELECTOR, key), `the pod template has no label ${key}=${value}`);
      }
    }
  },
};

const SELECTOR = 'spec.selector.matchLabels';
const KINDS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);
