import { example } from '../example';
import type { KindName } from '../kinds';
import { childPath, hasAt, type KubeObject, listAt, mapAt } from '../object';
import { HASH_LABEL } from '../rollout';
import type { ManifestRule } from '../rule';

const service = (selector: Readonly<Record<string, string>>): KubeObject =>
  example('Service', 'web', { spec: { selector } });
const rollout = (): KubeObject => example('Rollout', 'web');

/** The maps of labels that the controller adds its hash to. */
const MAPS: readonly (readonly [kind: KindName, path: string])[] = [
  ['Rollout', 'spec.selector.matchLabels'],
  ['Rollout', 'spec.template.metadata.labels'],
  ['Service', 'spec.selector'],
];

export const hashLabel: ManifestRule = {
  code: 'MAN035',
  severity: 'error',
  title: `${HASH_LABEL} is written by hand: the pods of the next version do not have this value`,
  reason:
    'The controller writes the hash of each version into Services, subsets and pods itself. A value in a manifest is that of a version of long ago: each time the manifest is applied, traffic goes to pods that are not there.',
  hint: 'remove the label; the controller adds it',
  source: 'Argo Rollouts 1.9.1, utils/service/service.go, rollout/trafficrouting/istio/istio.go: UpdateHash (P4)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      {
        objects: [rollout(), service({ app: 'web', [HASH_LABEL]: '5d4f8c7b9' })],
        paths: [`spec.selector.${HASH_LABEL}`],
      },
    ],
    good: [[rollout(), service({ app: 'web' })]],
  }),
  check: ({ ofKind }, report) => {
    for (const [kind, path] of MAPS) {
      for (const object of ofKind(kind)) {
        const value = hasAt(object, path) ? mapAt(object, path)[HASH_LABEL] : undefined;
        if (value !== undefined)
          report(object, childPath(path, HASH_LABEL), `the hash "${value}" stands in the manifest`);
      }
    }
    for (const object of ofKind('DestinationRule')) {
      for (const [i, subset] of listAt(object, 'spec.subsets').entries()) {
        const value = mapAt(subset, 'labels')[HASH_LABEL];
        if (value === undefined) continue;
        const path = childPath('spec.subsets', i, 'labels', HASH_LABEL);
        report(object, path, `the hash "${value}" stands in the manifest`);
      }
    }
  },
};
