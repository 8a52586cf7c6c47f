import { canary } from '../example';
import { childPath, mapAt } from '../object';
import { BLUE_GREEN, CANARY } from '../rollout';
import type { ManifestRule } from '../rule';

const MAPS = [
  `${CANARY}.canaryMetadata.labels`,
  `${CANARY}.stableMetadata.labels`,
  `${BLUE_GREEN}.activeMetadata.labels`,
  `${BLUE_GREEN}.previewMetadata.labels`,
];
const rollout = (labels: Readonly<Record<string, string>>) => canary({ canaryMetadata: { labels } });

export const versionMetadata: ManifestRule = {
  code: 'MAN036',
  severity: 'error',
  title: 'A label of the selector is changed on the pods of one version: the ReplicaSet loses them',
  reason:
    'The labels are written onto the pods of a version and taken off again. A pod whose selector label changes is no longer that of its ReplicaSet, which starts another one, and no longer behind its Services.',
  hint: 'use a label of its own, such as `version-role: canary`, that no selector names',
  source:
    'Argo Rollouts 1.9.1, rollout/ephemeralmetadata.go; Kubernetes: adoption of pods by selector; measured (canaryMetadata-selector-label)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [{ objects: [rollout({ app: 'canary' })], paths: [`${CANARY}.canaryMetadata.labels.app`] }],
    good: [[rollout({ role: 'canary' })], [rollout({ app: 'web' })]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      const selector = mapAt(object, 'spec.selector.matchLabels');
      for (const path of MAPS) {
        for (const [label, value] of Object.entries(mapAt(object, path))) {
          if (selector[label] === undefined || selector[label] === value) continue;
          report(object, childPath(path, label), `the selector wants ${label}=${selector[label]}`);
        }
      }
    }
  },
};
