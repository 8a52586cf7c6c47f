import { albPath, albRolloutsOf, hasPort, servicesIn } from '../alb';
import { albCanary } from '../alb-example';
import { nameOf, numberAt } from '../object';
import type { ManifestRule } from '../rule';

export const albServicePort: ManifestRule = {
  code: 'MAN074',
  severity: 'error',
  title:
    'A servicePort that the Services of the Rollout do not have: the Ingress is not applied to the load balancer any more',
  reason:
    'Argo Rollouts writes the port into the forward action unchecked. AWS Load Balancer Controller finds no such port, and stops at every change of the Ingress and its group.',
  hint: 'set servicePort to a port of the Services, not to one of the containers or of the listener',
  source: 'Argo Rollouts 1.9.1, rollout/trafficrouting/alb/alb.go: getForwardActionString',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [{ objects: albCanary({ alb: { servicePort: 443 } }), paths: [albPath('servicePort')] }],
    good: [albCanary()],
  }),
  check: (group, report) => {
    for (const alb of albRolloutsOf(group)) {
      const port = numberAt(alb.rollout, albPath('servicePort'));
      const without =
        port === undefined ? undefined : servicesIn(group, alb).find((service) => !hasPort(service, port));
      if (without !== undefined) report(alb.rollout, albPath('servicePort'), `${nameOf(without)} has no port ${port}`);
    }
  },
};
