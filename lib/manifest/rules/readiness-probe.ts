import { hasAt, listAt, nameOf } from '../object';
import { podPath, servicesByTemplate } from '../pods';
import type { ManifestRule } from '../rule';
import { served, servingContainer } from '../served-example';

const unasked = () => {
  const { readinessProbe: _, ...rest } = servingContainer();
  return rest;
};

export const readinessProbe: ManifestRule = {
  code: 'MAN102',
  severity: 'warning',
  title: 'Pods that get requests before they can answer them: no container has a readiness probe',
  reason:
    'A pod without a readiness probe is ready when its process has started. It is sent requests at once, counts as available for the release, and stays so when it answers nothing.',
  hint: 'add a readinessProbe to the container that serves',
  source: 'Kubernetes 1.34: readiness probes',
  kinds: ['Service'],
  examples: () => ({
    bad: [{ objects: served(unasked()), paths: ['spec.template.spec.containers'] }],
    good: [served()],
  }),
  check: (group, report) => {
    for (const [template, [service]] of servicesByTemplate(group)) {
      if (!template.serves || service === undefined) continue;
      const containers = listAt(template.spec, 'containers');
      if (containers.length === 0 || containers.some((container) => hasAt(container, 'readinessProbe'))) continue;
      const message = `${nameOf(service)} sends requests to it, and no container has a readinessProbe`;
      report(template.owner, podPath(template, 'containers'), message);
    }
  },
};
