import { nameOf } from '../../manifest/object';
import { destinationRule, pairOf } from '../example';
import { fieldsLike } from '../fields';
import type { DiffRule } from '../rule';

const timeout = destinationRule({ trafficPolicy: { connectionPool: { tcp: { maxConnections: 1 } } } });

export const policyLive: DiffRule = {
  code: 'DIF081',
  severity: 'warning',
  title: 'Changes how proxies connect: it holds for stable and canary as soon as it is synced, and restarts nothing',
  reason:
    'Connection pools, outlier detection, balancing and TLS of a DestinationRule are sent to all proxies at once. A limit that is too low, or TLS that the other side does not speak, fails requests to every version.',
  hint: 'keep the change apart from a release, and watch the error rate of all versions',
  source: 'Istio 1.30, reference: Destination Rule',
  kinds: ['DestinationRule', 'PeerAuthentication', 'AuthorizationPolicy', 'EnvoyFilter'],
  counted: ['traffic policy is live at once', 'traffic policies are live at once'],
  examples: () => ({
    has: [{ ...pairOf(destinationRule(), timeout), paths: ['spec.trafficPolicy'] }],
    hasNot: [pairOf(destinationRule(), destinationRule({ subsets: [{ name: 'canary' }, { name: 'stable' }] }))],
  }),
  check: (change, _, tell) => {
    if (change.before === undefined || change.after === undefined) return;
    const [field] = fieldsLike(change, /^spec\.(?!subsets\[\]$)/);
    if (field !== undefined) tell(field, `${nameOf(change.after.object)}: it holds for every version at once`);
  },
};
