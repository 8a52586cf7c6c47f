import { albRolloutsOf } from '../alb';
import { albCanary } from '../alb-example';
import { hasAt } from '../object';
import type { ManifestRule } from '../rule';

export const albPingPong: ManifestRule = {
  code: 'MAN068',
  severity: 'warning',
  title: 'A canary behind an ALB without ping-pong: when it is promoted, the stable target group is filled anew',
  reason:
    'At the end of a release the stable Service is pointed at the new pods, which were not targets of its group and cannot get its readiness gate any more. Until they are registered the group has targets that are about to go.',
  hint: 'use pingPong with two Services of equal standing, and a rootService',
  source: 'Argo Rollouts 1.9.1, docs/features/traffic-management/alb.md: ping-pong; argo-rollouts#2864 (P29)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [{ objects: albCanary({ pingPong: false }), paths: ['spec.strategy.canary.pingPong'] }],
    good: [albCanary()],
  }),
  check: (group, report) => {
    for (const { rollout } of albRolloutsOf(group)) {
      if (hasAt(rollout, 'spec.strategy.canary.pingPong')) continue;
      report(
        rollout,
        'spec.strategy.canary.pingPong',
        'the stable Service changes its pods at the end of each release',
      );
    }
  },
};
