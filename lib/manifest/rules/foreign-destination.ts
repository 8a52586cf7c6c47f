import { canary as canaryOf, example } from '../example';
import { routesToPatch } from '../istio-routes';
import { fieldAt, type KubeObject, listAt, textAt } from '../object';
import { CANARY, DESTINATION_RULE } from '../rollout';
import type { ManifestRule } from '../rule';

const objects = (...subsets: readonly string[]): readonly KubeObject[] => [
  canaryOf({
    trafficRouting: {
      istio: {
        destinationRule: { name: 'web', canarySubsetName: 'canary', stableSubsetName: 'stable' },
        virtualService: { name: 'web', routes: ['primary'] },
      },
    },
  }),
  example('DestinationRule', 'web', {
    spec: { host: 'web', subsets: ['canary', 'stable'].map((name) => ({ name, labels: { app: 'web' } })) },
  }),
  example('VirtualService', 'web', {
    spec: {
      hosts: ['web'],
      http: [
        {
          name: 'primary',
          route: [
            ...['stable', 'canary'].map((subset, i) => ({
              destination: { host: 'web', subset },
              weight: i === 0 ? 100 - 10 * subsets.length : 0,
            })),
            ...subsets.map((host) => ({ destination: { host }, weight: 10 })),
          ],
        },
      ],
    },
  }),
];

export const foreignDestination: ManifestRule = {
  code: 'MAN030',
  severity: 'error',
  title: 'A third destination in a route of a Rollout: the first step removes it',
  reason:
    'The controller divides the whole route between canary and stable. A destination that is neither, nor an experiment, nor in additionalSubsetNames, is taken out of the route.',
  hint: 'give it a route of its own with a match, or list its subset in destinationRule.additionalSubsetNames',
  source: 'Argo Rollouts 1.9.1, rollout/trafficrouting/istio/istio.go: processRoutes; measured (vs-third-destination)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [{ objects: objects('legacy'), paths: ['spec.http[0].route[2]'] }],
    good: [objects()],
  }),
  check: (group, report) => {
    for (const object of group.ofKind('Rollout')) {
      const canary = fieldAt(object, CANARY);
      const hosts = ['canaryService', 'stableService', 'pingPong.pingService', 'pingPong.pongService'].map((field) =>
        textAt(canary, field),
      );
      const rule = fieldAt(object, DESTINATION_RULE);
      const subsets = [
        textAt(rule, 'canarySubsetName'),
        textAt(rule, 'stableSubsetName'),
        ...listAt(rule, 'additionalSubsetNames'),
      ];
      for (const { virtualService, route, path } of routesToPatch(group, object)) {
        const targets = listAt(route, 'route');
        if (targets.length < 3) continue;
        for (const [i, target] of targets.entries()) {
          const host = textAt(target, 'destination.host')?.split('.')[0];
          const subset = textAt(target, 'destination.subset');
          if (host === undefined || hosts.includes(host) || (subset !== undefined && subsets.includes(subset)))
            continue;
          const what = subset === undefined ? `"${host}"` : `the subset "${subset}" of "${host}"`;
          report(
            virtualService,
            `${path}.route[${i}]`,
            `Rollout "${object.metadata.name}" removes ${what} from this route`,
          );
        }
      }
    }
  },
};
