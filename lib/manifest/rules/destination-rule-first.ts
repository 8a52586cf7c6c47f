import { annotationPath, SYNC_WAVE, waveOf } from '../argocd';
import { example } from '../example';
import { destinationRulesByHost, destinationsOf } from '../istio';
import { type KubeObject, nameOf } from '../object';
import type { ManifestRule } from '../rule';

const wave = (wave: number) => ({ annotations: { [SYNC_WAVE]: String(wave) } });
const objects = (destinationRule: number, virtualService: number): readonly KubeObject[] => [
  example('DestinationRule', 'web', { spec: { host: 'web', subsets: [{ name: 'v1' }] } }, wave(destinationRule)),
  example(
    'VirtualService',
    'web',
    { spec: { hosts: ['web'], http: [{ route: [{ destination: { host: 'web', subset: 'v1' } }] }] } },
    wave(virtualService),
  ),
];

export const destinationRuleFirst: ManifestRule = {
  code: 'MAN060',
  severity: 'error',
  title: 'A VirtualService that is applied before the DestinationRule with its subsets: 503 until that is there',
  reason:
    'Routes to a subset that is not yet defined have no endpoints. Istio asks for the definition first, then the route, and for the reverse when they go.',
  hint: 'give the DestinationRule a sync-wave below that of the VirtualService',
  source: 'Istio 1.30, traffic management best practices: make before break (P11)',
  kinds: ['VirtualService'],
  examples: () => ({
    bad: [{ objects: objects(2, 1), paths: [annotationPath(SYNC_WAVE)] }],
    good: [objects(1, 2), objects(0, 0)],
  }),
  check: (group, report) => {
    if (group.ofKind('DestinationRule').length === 0) return;
    const byHost = destinationRulesByHost(group);
    for (const object of group.ofKind('VirtualService')) {
      const wave = waveOf(object);
      const told = new Set<KubeObject>();
      for (const { full, subset } of destinationsOf(object)) {
        if (subset === undefined) continue;
        for (const rule of byHost.get(full) ?? []) {
          if (waveOf(rule) <= wave || told.has(rule)) continue;
          told.add(rule);
          report(rule, annotationPath(SYNC_WAVE), `wave ${waveOf(rule)} is after wave ${wave} of ${nameOf(object)}`);
        }
      }
    }
  },
};
