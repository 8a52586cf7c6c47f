import { waveOf } from '../../manifest/argocd';
import { destinationsOf, serviceOfHost } from '../../manifest/istio';
import { type KubeObject, listAt, nameOf, textAt } from '../../manifest/object';
import { destinationRule, virtualService } from '../example';
import type { DiffRule } from '../rule';

const wave = (n: number) => ({ annotations: { 'argocd.argoproj.io/sync-wave': String(n) } });
const one = destinationRule({ subsets: [{ name: 'stable' }] });

export const effectsOutOfOrder: DiffRule = {
  code: 'DIF086',
  severity: 'warning',
  title: 'Routes to a subset that comes in the same change, and nothing says that the subset comes first',
  reason:
    'A proxy that knows the route and not yet the subset answers 503. In one wave Argo CD applies by kind and name, and the configuration reaches proxies in any order.',
  hint: 'give the DestinationRule an earlier sync wave than the VirtualService; to remove a subset take two changes, the route first',
  source: 'Istio 1.30, documentation: Make before break (P11)',
  kinds: ['VirtualService'],
  examples: () => ({
    has: [
      {
        before: [one, virtualService({ stable: 100 })],
        after: [destinationRule(), virtualService()],
        paths: ['spec.http'],
      },
    ],
    hasNot: [
      {
        before: [one, virtualService({ stable: 100 })],
        after: [destinationRule({}, wave(1)), virtualService({ stable: 100, canary: 0 }, {}, wave(2))],
      },
    ],
  }),
  check: ({ before, after }, { before: then, after: group }, tell) => {
    if (before === undefined || after === undefined) return;
    const had = new Set(subsetsIn(before.object));
    for (const { subset, service, host } of destinationsOf(after.object)) {
      if (subset === undefined || had.has(`${host} ${subset}`)) continue;
      const rule = group
        .ofKind('DestinationRule')
        .find(
          (candidate) =>
            serviceOfHost(textAt(candidate, 'spec.host') ?? '', candidate)?.name === service?.name &&
            has(candidate, subset),
        );
      const old = rule === undefined ? undefined : then.find('DestinationRule', rule.metadata.name, rule);
      if (rule === undefined || (old !== undefined && has(old, subset)) || waveOf(rule) < waveOf(after.object))
        continue;
      tell('spec.http', `${nameOf(after.object)} and ${nameOf(rule)} bring the subset "${subset}" in one wave`);
      return;
    }
  },
};

const subsetsIn = (object: KubeObject): readonly string[] =>
  destinationsOf(object).map(({ host, subset }) => `${host} ${subset}`);
const has = (rule: KubeObject, subset: string): boolean =>
  listAt(rule, 'spec.subsets').some((candidate) => textAt(candidate, 'name') === subset);
