import { hasAt, listAt, nameOf } from '../object';
import { podPath, servicesByTemplate } from '../pods';
import type { ManifestRule } from '../rule';
import { served, servingContainer } from '../served-example';

const abrupt = () => {
  const { lifecycle: _, ...rest } = servingContainer();
  return rest;
};

export const prestop: ManifestRule = {
  code: 'MAN116',
  severity: 'warning',
  title: 'Pods that stop while requests are still sent to them: a few fail at every release and every scale-down',
  reason:
    'A pod gets SIGTERM at the moment at which it is taken out of its Services, and proxies and load balancers hear of that seconds later. preStop holds the process back until they have.',
  hint: 'add lifecycle.preStop.sleep.seconds: 10 to the container that serves',
  source: 'Kubernetes 1.34: pod termination; sleep action, stable since 1.34 (P34)',
  kinds: ['Service'],
  examples: () => ({
    bad: [{ objects: served(abrupt()), paths: ['spec.template.spec.containers'] }],
    good: [served()],
  }),
  check: (group, report) => {
    for (const [template, [service]] of servicesByTemplate(group)) {
      if (!template.serves || service === undefined) continue;
      const containers = listAt(template.spec, 'containers');
      if (containers.length === 0 || containers.some((container) => hasAt(container, 'lifecycle.preStop'))) continue;
      report(
        template.owner,
        podPath(template, 'containers'),
        `${nameOf(service)} sends requests to it, and no container has a preStop`,
      );
    }
  },
};
