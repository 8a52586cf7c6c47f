import { example } from '../example';
import { destinationRulesByHost, destinationsOf } from '../istio';
import { type KubeObject, listAt, textAt } from '../object';
import type { ManifestRule } from '../rule';

const objects = (subset: string, host = 'web'): readonly KubeObject[] => [
  example(
    'VirtualService',
    'web',
    { spec: { hosts: ['web'], http: [{ route: [{ destination: { host, subset } }] }] } },
    { namespace: 'shop' },
  ),
  example('DestinationRule', 'web', { spec: { host: 'web', subsets: [{ name: 'v1' }] } }, { namespace: 'shop' }),
];

export const subsetExists: ManifestRule = {
  code: 'MAN055',
  severity: 'error',
  title: 'A route to a subset that the DestinationRule of the host does not have: its requests get 503',
  reason: 'A subset that is not defined has no endpoints. Istio accepts the route and answers 503 for it.',
  hint: 'name a subset of the DestinationRule, or add the subset to it',
  source: 'Istio 1.30, pkg/config/analysis/analyzers/virtualservice/destinationrules.go (IST0101)',
  kinds: ['VirtualService'],
  examples: () => ({
    bad: [
      { objects: objects('v2'), paths: ['spec.http[0].route[0].destination.subset'] },
      { objects: objects('v2', 'web.shop.svc.cluster.local'), paths: ['spec.http[0].route[0].destination.subset'] },
    ],
    good: [objects('v1'), objects('v1', 'web.shop.svc.cluster.local'), objects('v2', 'api')],
  }),
  check: (group, report) => {
    if (group.ofKind('DestinationRule').length === 0) return;
    const byHost = destinationRulesByHost(group);
    const subsets = new Map<string, ReadonlySet<string>>();
    for (const object of group.ofKind('VirtualService')) {
      for (const { host, full, subset, path } of destinationsOf(object)) {
        if (subset === undefined) continue;
        const rules = byHost.get(full);
        if (rules === undefined) continue;
        let names = subsets.get(full);
        if (names === undefined) {
          names = new Set(rules.flatMap(subsetNames));
          subsets.set(full, names);
        }
        if (names.has(subset)) continue;
        const known = names.size === 0 ? 'none' : [...names].map((name) => `"${name}"`).join(', ');
        report(
          object,
          `${path()}.subset`,
          `the DestinationRule of "${host}" has no subset "${subset}"; it has ${known}`,
        );
      }
    }
  },
};

const subsetNames = (rule: KubeObject): readonly string[] =>
  listAt(rule, 'spec.subsets').flatMap((subset) => textAt(subset, 'name') ?? []);
