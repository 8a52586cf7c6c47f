import { waveOf } from '../../manifest/argocd';
import { destinationsOf, serviceOfHost } from '../../manifest/istio';
import { type KubeObject, listAt, nameOf, textAt } from '../../manifest/object';
import { destinationRule, virtualService } from '../example';
import type { DiffRule } from '../rule';

const wave = (n: number) => ({ annotations: { 'argocd.argoproj.io/sync-wave': String(n) } });
const stableOnly = (n: number) => destinationRule({ subsets: [{ name: 'stable' }] }, wave(n));

export const subsetRemovedFirst: DiffRule = {
  code: 'DIF087',
  severity: 'warning',
  title:
    'Removes a subset and the route to it in one change: the subset goes first, and the route answers 503 until it follows',
  reason:
    'Waves that are right for making are wrong for removing: the DestinationRule is applied before the VirtualService, and in between the old route leads to a subset that is gone.',
  hint: 'take two changes: the route first, the subset when that is synced everywhere',
  source: 'Istio 1.30, documentation: Make before break (P11)',
  kinds: ['DestinationRule'],
  examples: () => ({
    has: [
      {
        before: [destinationRule({}, wave(1)), virtualService({ stable: 100, canary: 0 }, {}, wave(2))],
        after: [stableOnly(1), virtualService({ stable: 100 }, {}, wave(2))],
        paths: ['spec.subsets[name=canary]'],
      },
    ],
    hasNot: [
      {
        before: [destinationRule({}, wave(3)), virtualService({ stable: 100, canary: 0 }, {}, wave(2))],
        after: [stableOnly(3), virtualService({ stable: 100 }, {}, wave(2))],
      },
      {
        before: [destinationRule(), virtualService({ stable: 100 })],
        after: [stableOnly(1), virtualService({ stable: 100 })],
      },
    ],
  }),
  check: ({ before, after }, { before: then, after: group }, tell) => {
    if (before === undefined || after === undefined) return;
    const left = new Set(subsetsOf(after.object));
    const service = serviceOfHost(textAt(before.object, 'spec.host') ?? '', before.object)?.name;
    for (const subset of subsetsOf(before.object).filter((name) => !left.has(name))) {
      const uses = (route: KubeObject): boolean =>
        destinationsOf(route).some(
          (destination) => destination.subset === subset && destination.service?.name === service,
        );
      // One that still uses it is an error of its own.
      const old = then.ofKind('VirtualService').find(uses);
      const now = old === undefined ? undefined : group.find('VirtualService', old.metadata.name, old);
      if (now === undefined || uses(now) || waveOf(now) < waveOf(after.object)) continue;
      tell(
        `spec.subsets[name=${subset}]`,
        `${nameOf(after.object)} loses "${subset}" before ${nameOf(now)} stops using it`,
      );
    }
  },
};

const subsetsOf = (object: KubeObject): readonly string[] =>
  listAt(object, 'spec.subsets').flatMap((subset) => textAt(subset, 'name') ?? []);
