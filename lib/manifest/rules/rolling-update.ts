import type { KubeObject } from '../object';
import { fieldAt, nameOf, numberAt, textAt } from '../object';
import { servicesByTemplate } from '../pods';
import type { ManifestRule } from '../rule';
import { served } from '../served-example';

const strategy = (strategy: Readonly<Record<string, unknown>>): readonly KubeObject[] =>
  served().map((object) =>
    object.kind === 'Deployment' ? { ...object, spec: { ...specOf(object), strategy } } : object,
  );
const specOf = (object: KubeObject): object => {
  const spec = fieldAt(object, 'spec');
  return typeof spec === 'object' && spec !== null ? spec : {};
};

export const rollingUpdate: ManifestRule = {
  code: 'MAN122',
  severity: 'warning',
  title: 'A Deployment that takes all of its pods away before new ones are ready: every release is an outage',
  reason:
    'With Recreate, or when all pods may be unavailable, the old ones are stopped first. Requests fail until the new ones have started.',
  hint: 'use RollingUpdate with maxUnavailable: 0',
  source: 'Kubernetes 1.34: Deployment strategy',
  kinds: ['Service'],
  examples: () => ({
    bad: [
      { objects: strategy({ type: 'Recreate' }), paths: ['spec.strategy.type'] },
      {
        objects: strategy({ rollingUpdate: { maxUnavailable: '100%' } }),
        paths: ['spec.strategy.rollingUpdate.maxUnavailable'],
      },
    ],
    good: [strategy({ rollingUpdate: { maxUnavailable: 0 } }), served()],
  }),
  check: (group, report) => {
    for (const [{ owner }, [service]] of servicesByTemplate(group)) {
      if (owner.kind !== 'Deployment' || service === undefined || numberAt(owner, 'spec.replicas') === 0) continue;
      const message = `${nameOf(service)} has no endpoint during a release`;
      if (textAt(owner, 'spec.strategy.type') === 'Recreate') report(owner, 'spec.strategy.type', message);
      else if (fieldAt(owner, UNAVAILABLE) === '100%') report(owner, UNAVAILABLE, message);
    }
  },
};

const UNAVAILABLE = 'spec.strategy.rollingUpdate.maxUnavailable';
