import { canary, example } from '../example';
import { childPath, fieldAt, type KubeObject, listAt, textAt } from '../object';
import { DESTINATION_RULE } from '../rollout';
import type { ManifestRule } from '../rule';

const route = {
  name: 'primary',
  route: ['stable', 'canary'].map((subset, i) => ({ destination: { host: 'web', subset }, weight: i === 0 ? 100 : 0 })),
};
const objects = (subset: object): readonly KubeObject[] => [
  canary({
    trafficRouting: {
      istio: {
        destinationRule: { name: 'web', canarySubsetName: 'canary', stableSubsetName: 'stable' },
        virtualService: { name: 'web', routes: ['primary'] },
      },
    },
  }),
  example('DestinationRule', 'web', {
    spec: {
      host: 'web',
      subsets: [
        { name: 'canary', ...subset },
        { name: 'stable', labels: { app: 'web' } },
      ],
    },
  }),
  example('VirtualService', 'web', { spec: { hosts: ['web'], http: [route] } }),
];

export const subsetLabels: ManifestRule = {
  code: 'MAN034',
  severity: 'warning',
  title:
    'A subset of a Rollout without labels: until the controller has written its hash it means every pod of the host',
  reason:
    'The controller adds the hash of a version to the labels of a subset. Before the first release, and each time the DestinationRule is applied again, only the labels in the manifest hold: without any, other workloads behind the host get the traffic too.',
  hint: 'give the subset the labels of the pod template, such as those of the selector',
  source:
    'Argo Rollouts 1.9.1, rollout/trafficrouting/istio/istio.go: UpdateHash (B16); measured (dr-subsets-without-labels)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: objects({}), paths: ['spec.subsets[0]'] },
      { objects: objects({ labels: {} }), paths: ['spec.subsets[0]'] },
    ],
    good: [objects({ labels: { app: 'web' } })],
  }),
  check: (group, report) => {
    for (const object of group.ofKind('Rollout')) {
      const owned = fieldAt(object, DESTINATION_RULE);
      const rule = group.find('DestinationRule', textAt(owned, 'name') ?? '', object);
      if (rule === undefined) continue;
      const names = [textAt(owned, 'canarySubsetName'), textAt(owned, 'stableSubsetName')];
      for (const [i, subset] of listAt(rule, 'spec.subsets').entries()) {
        const name = textAt(subset, 'name');
        if (name === undefined || !names.includes(name)) continue;
        const labels = fieldAt(subset, 'labels');
        if (typeof labels === 'object' && labels !== null && Object.keys(labels).length > 0) continue;
        report(rule, childPath('spec.subsets', i), `the subset "${name}" has no labels`);
      }
    }
  },
};
