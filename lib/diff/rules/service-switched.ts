import { example } from '../../manifest/example';
import { nameOf } from '../../manifest/object';
import { pairOf } from '../example';
import { fieldsLike } from '../fields';
import type { DiffRule } from '../rule';

const service = (spec: object) =>
  example('Service', 'web', { spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80 }], ...spec } });

export const serviceSwitched: DiffRule = {
  code: 'DIF083',
  severity: 'warning',
  title: 'Changes what a Service sends to: all of its traffic moves at once',
  reason:
    'The endpoints of a Service follow its selector and its target port within seconds, without a step, a gate or a weight.',
  hint: 'see that the pods of the new selector are ready and listen on the port',
  source: 'Kubernetes 1.34, EndpointSlice controller',
  kinds: ['Service'],
  counted: ['Service switches at once', 'Services switch at once'],
  examples: () => ({
    has: [{ ...pairOf(service({}), service({ selector: { app: 'shop' } })), paths: ['spec.selector.app'] }],
    hasNot: [pairOf(service({}), service({ type: 'ClusterIP' }))],
  }),
  check: (change, _, tell) => {
    if (change.before === undefined || change.after === undefined) return;
    const [field] = fieldsLike(
      change,
      /^spec\.(?:selector|ports|sessionAffinity|internalTrafficPolicy|externalTrafficPolicy|publishNotReadyAddresses|trafficDistribution)/,
    );
    if (field !== undefined) tell(field, `${nameOf(change.after.object)} sends elsewhere as soon as it is synced`);
  },
};
