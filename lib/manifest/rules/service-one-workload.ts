import { example } from '../example';
import { type KubeObject, nameOf } from '../object';
import { templatesOfService } from '../pods';
import type { ManifestRule } from '../rule';
import { borrowedDeployments } from '../scaling';
import { served } from '../served-example';

const migrate = (labels: Readonly<Record<string, string>>): KubeObject =>
  example('Job', 'migrate-1a2b3c4d', {
    spec: { template: { metadata: { labels }, spec: { restartPolicy: 'Never', containers: [] } } },
  });

export const serviceOneWorkload: ManifestRule = {
  code: 'MAN108',
  severity: 'warning',
  title: 'A Service that sends to pods of several workloads: requests reach what was not meant to answer them',
  reason:
    'A selector takes every pod with its labels. The pods of a Job, or of a second workload with the same labels, get their share of the requests, whatever the weights of a release say.',
  hint: 'give each workload a label of its own, and select it',
  source: 'Kubernetes 1.34: Service, selectors',
  kinds: ['Service'],
  examples: () => ({
    bad: [{ objects: [...served(), migrate({ app: 'web' })], paths: ['spec.selector'] }],
    good: [[...served(), migrate({ app: 'web-migrate' })]],
  }),
  check: (group, report) => {
    for (const object of group.ofKind('Service')) {
      const owners = templatesOfService(group, object).flatMap(({ owner }) =>
        borrowedDeployments(group).has(owner) ? [] : [owner],
      );
      if (owners.length < 2) continue;
      report(object, 'spec.selector', `it selects the pods of ${owners.slice(0, 5).map(nameOf).join(', ')}`);
    }
  },
};
