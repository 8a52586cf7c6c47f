import { example } from '../example';
import { nameOf, textAt } from '../object';
import { ISTIO, servicesOf } from '../rollout';
import { type ManifestRule, sharesNamespace } from '../rule';

const rollout = (name: string, stableService: string) =>
  example('Rollout', name, {
    spec: { selector: { matchLabels: { app: 'web' } }, strategy: { canary: { stableService } } },
  });
const service = (name: string) => example('Service', name, { spec: { selector: { app: 'web' } } });

const DESTINATION_RULE = `${ISTIO}.destinationRule.name`;

export const oneOwner: ManifestRule = {
  code: 'MAN027',
  severity: 'error',
  title: 'Two Rollouts own one Service or DestinationRule: InvalidSpec, or each undoes what the other writes',
  reason:
    'A Rollout writes the hash of its own pods into its Services and subsets, and marks them as its own. The second Rollout that names one is refused.',
  hint: 'give each Rollout Services and a DestinationRule of its own',
  source:
    'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation_references.go: ValidateService; rollout/trafficrouting/istio/istio.go: UpdateHash',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      {
        objects: [rollout('web', 'web'), rollout('api', 'web'), service('web')],
        paths: ['spec.strategy.canary.stableService'],
      },
    ],
    good: [[rollout('web', 'web'), rollout('api', 'api'), service('web'), service('api')]],
  }),
  check: ({ ofKind }, report) => {
    const rollouts = ofKind('Rollout');
    if (rollouts.length < 2) return;
    const owners = new Map<string, (typeof rollouts)[number][]>();
    for (const object of rollouts) {
      const rule = textAt(object, DESTINATION_RULE);
      const owned = [
        ...servicesOf(object).map(({ name, path }) => ['Service', name, path] as const),
        ...(rule === undefined ? [] : [['DestinationRule', rule, DESTINATION_RULE] as const]),
      ];
      for (const [kind, name, path] of owned) {
        const known = owners.get(`${kind}/${name}`) ?? [];
        const other = known.find((one) => one !== object && sharesNamespace(one, object));
        if (other !== undefined) report(object, path, `the ${kind} "${name}" is owned by ${nameOf(other)} already`);
        owners.set(`${kind}/${name}`, [...known, object]);
      }
    }
  },
};
