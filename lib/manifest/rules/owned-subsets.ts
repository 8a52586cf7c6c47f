import { example } from '../example';
import { childPath, fieldAt, type KubeObject, listAt, textAt } from '../object';
import type { ManifestRule } from '../rule';

const ISTIO = 'spec.strategy.canary.trafficRouting.istio';
const rollout = (): KubeObject =>
  example('Rollout', 'web', {
    spec: {
      strategy: {
        canary: {
          trafficRouting: {
            istio: {
              virtualService: { name: 'web', routes: ['primary'] },
              destinationRule: { name: 'web', canarySubsetName: 'canary', stableSubsetName: 'stable' },
            },
          },
        },
      },
    },
  });
const objects = (...names: readonly string[]): readonly KubeObject[] => {
  const to = (subset: string, weight: number) => ({ destination: { host: 'web', subset }, weight });
  const http = [{ name: 'primary', route: [to('stable', 100), to('canary', 0)] }];
  const subsets = names.map((name) => ({ name, labels: { app: 'web' } }));
  return [
    rollout(),
    example('VirtualService', 'web', { spec: { hosts: ['web'], http } }),
    example('DestinationRule', 'web', { spec: { host: 'web', subsets } }),
  ];
};

export const ownedSubsets: ManifestRule = {
  code: 'MAN051',
  severity: 'error',
  title:
    'A subset in a DestinationRule that a Rollout owns, which is neither its canary nor its stable one: it is removed',
  reason:
    'At every change of a hash Argo Rollouts writes the list of subsets anew, with its own two and those of a running experiment. A route to any other subset answers 503 from then on.',
  hint: 'give what has the other subset a Service and a DestinationRule of its own',
  source: 'Argo Rollouts 1.9.1, rollout/trafficrouting/istio/istio.go: UpdateHash (P3)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [{ objects: objects('canary', 'stable', 'beta'), paths: ['spec.subsets[2].name'] }],
    good: [objects('canary', 'stable')],
  }),
  check: (group, report) => {
    for (const object of group.ofKind('Rollout')) {
      const owned = fieldAt(object, `${ISTIO}.destinationRule`);
      const canary = textAt(owned, 'canarySubsetName');
      const stable = textAt(owned, 'stableSubsetName');
      if (canary === undefined || stable === undefined) continue;
      const rule = group.find('DestinationRule', textAt(owned, 'name') ?? '', object);
      if (rule === undefined) continue;
      listAt(rule, 'spec.subsets').forEach((subset, i) => {
        const name = textAt(subset, 'name');
        if (name === undefined || name === canary || name === stable) return;
        report(
          rule,
          childPath('spec.subsets', i, 'name'),
          `Rollout "${object.metadata.name}" removes the subset "${name}": it keeps "${stable}" and "${canary}"`,
        );
      });
    }
  },
};
