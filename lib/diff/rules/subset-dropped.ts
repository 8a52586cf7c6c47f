import { destinationsOf, serviceOfHost } from '../../manifest/istio';
import { fieldAt, hasAt, type KubeObject, listAt, nameOf, textAt } from '../../manifest/object';
import { DESTINATION_RULE } from '../../manifest/rollout';
import type { ObjectGroup } from '../../manifest/rule';
import { destinationRule, istioCanary, virtualService } from '../example';
import type { DiffRule } from '../rule';

const without = destinationRule({ subsets: [{ name: 'stable' }] });

export const subsetDropped: DiffRule = {
  code: 'DIF071',
  severity: 'error',
  title: 'Drops a subset that a route or a Rollout still uses: requests to it answer 503',
  reason:
    'A route to a subset that is not there has no endpoints, and the proxies answer 503 themselves. A Rollout whose subset is gone is InvalidSpec.',
  hint: 'take the subset out of the routes first; remove it in a later change',
  source: 'Istio 1.30, documentation: Make before break; measured (dr-subset-names-missing)',
  kinds: ['DestinationRule'],
  counted: ['subset in use is dropped', 'subsets in use are dropped'],
  examples: () => ({
    has: [
      {
        before: [destinationRule(), virtualService()],
        after: [without, virtualService()],
        paths: ['spec.subsets[name=canary]'],
      },
      {
        before: [destinationRule(), istioCanary()],
        after: [without, istioCanary()],
        paths: ['spec.subsets[name=canary]'],
      },
    ],
    hasNot: [{ before: [destinationRule(), virtualService()], after: [without, virtualService({ stable: 100 })] }],
  }),
  check: ({ before, after }, { after: group }, tell) => {
    if (before === undefined) return;
    const left = new Set(namesIn(after?.object));
    for (const name of namesIn(before.object).filter((one) => !left.has(one))) {
      const user = userOf(group, before.object, name);
      if (user !== undefined)
        tell(
          `spec.subsets[name=${name}]`,
          `${nameOf(user)} still uses the subset "${name}" of ${nameOf(before.object)}`,
        );
    }
  },
};

const namesIn = (object: KubeObject | undefined): readonly string[] =>
  listAt(object, 'spec.subsets').flatMap((subset) => textAt(subset, 'name') ?? []);

function userOf(group: ObjectGroup, rule: KubeObject, subset: string): KubeObject | undefined {
  const service = serviceOfHost(textAt(rule, 'spec.host') ?? '', rule)?.name;
  const route = group
    .ofKind('VirtualService')
    .find((one) =>
      destinationsOf(one).some((destination) => destination.subset === subset && destination.service?.name === service),
    );
  if (route !== undefined) return route;
  return group.ofKind('Rollout').find((rollout) => {
    if (!hasAt(rollout, DESTINATION_RULE) || textAt(rollout, `${DESTINATION_RULE}.name`) !== rule.metadata.name)
      return false;
    return ['canarySubsetName', 'stableSubsetName'].some(
      (key) => fieldAt(rollout, `${DESTINATION_RULE}.${key}`) === subset,
    );
  });
}
