import { virtualServicesOf } from '../../manifest/istio';
import { type KubeObject, nameOf, textAt } from '../../manifest/object';
import { ROUTING } from '../../manifest/rollout';
import type { ObjectGroup } from '../../manifest/rule';
import { istioCanary, virtualService } from '../example';
import { fieldsLike, shortly } from '../fields';
import type { DiffRule } from '../rule';

const shifted = virtualService({ stable: 90, canary: 10 });

export const weightsEdited: DiffRule = {
  code: 'DIF084',
  severity: 'warning',
  title: 'Moves traffic by a commit: weights change as soon as it is synced',
  reason:
    'Of a route that a Rollout drives, the controller writes the weights itself: a commit sets them back in the middle of a release, until it corrects them. Of any other, the share moves at once, and no gate and no abort moves it back.',
  hint: 'leave the weights of a Rollout at 100 and 0; move other weights in small commits, each with time to look',
  source: 'measured (B16); pitfall P36',
  kinds: ['VirtualService', 'HTTPRoute'],
  counted: ['route has its weights moved by hand', 'routes have their weights moved by hand'],
  examples: () => ({
    has: [
      {
        before: [virtualService(), istioCanary()],
        after: [shifted, istioCanary()],
        paths: ['spec.http[name=primary].route[destination.subset=stable].weight'],
      },
      {
        before: [virtualService()],
        after: [shifted],
        paths: ['spec.http[name=primary].route[destination.subset=stable].weight'],
      },
    ],
    hasNot: [{ before: [virtualService()], after: [virtualService({ stable: 100, canary: 0 }, { timeout: '5s' })] }],
  }),
  check: (change, { after: group }, tell) => {
    if (change.before === undefined || change.after === undefined) return;
    const { object } = change.after;
    const fields = fieldsLike(change, /\.weight$/);
    const [field] = fields;
    if (field === undefined) return;
    const driver = driverOf(group, object);
    const told = fields.map(({ before, after }) => `${shortly(before)} to ${shortly(after)}`).join(', ');
    tell(
      field,
      driver === undefined
        ? `${nameOf(object)} moves traffic at once: ${told}`
        : `${nameOf(object)} is driven by ${nameOf(driver)}: weights of a release that is under way are set back (${told})`,
    );
  },
};

const driverOf = (group: ObjectGroup, object: KubeObject): KubeObject | undefined =>
  group
    .ofKind('Rollout')
    .find((rollout) =>
      object.kind === 'VirtualService'
        ? virtualServicesOf(group, rollout).some(({ virtualService: routed }) => routed === object)
        : textAt(rollout, `${ROUTING}.plugins["argoproj-labs/gatewayAPI"].httpRoute`) === object.metadata.name,
    );
