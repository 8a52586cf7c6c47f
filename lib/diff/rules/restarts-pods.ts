import { fieldAt, hasAt, nameOf, textAt } from '../../manifest/object';
import { borrowedDeployments } from '../../manifest/scaling';
import { pairOf, workload } from '../example';
import { templateFields } from '../fields';
import type { DiffRule } from '../rule';

const IMAGE = 'spec.template.spec.containers[name=web].image';

/** How each kind replaces its pods, by the path of its setting and its value. */
const WAYS: Readonly<Record<string, readonly [path: string, default_: string]>> = {
  Deployment: ['spec.strategy.type', 'RollingUpdate'],
  StatefulSet: ['spec.updateStrategy.type', 'RollingUpdate'],
  DaemonSet: ['spec.updateStrategy.type', 'RollingUpdate'],
};

const TOLD: Readonly<Record<string, string>> = {
  RollingUpdate: 'pods are replaced at once, a few at a time, and no gate looks at the new ones',
  Recreate: 'all pods stop before the first new one starts: nothing serves meanwhile',
  OnDelete: 'each pod is replaced when somebody deletes it, and not before',
};

export const restartsPods: DiffRule = {
  code: 'DIF021',
  severity: 'warning',
  title: 'Restarts pods at once, without a release that could be stopped',
  reason:
    'A Deployment, a StatefulSet or a DaemonSet replaces its pods as soon as the template differs. Only readiness holds it up: no analysis, no share of the traffic, no way back but another change.',
  hint: 'review it as a release to everybody; a Rollout would show it to a share of them first',
  source: 'Kubernetes 1.34: Deployment, StatefulSet and DaemonSet controllers',
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet'],
  counted: ['workload restarts its pods at once', 'workloads restart their pods at once'],
  examples: () => ({
    has: [
      { ...pairOf(workload('Deployment'), workload('Deployment', { image: 'web:2' })), paths: [IMAGE] },
      { ...pairOf(workload('StatefulSet'), workload('StatefulSet', { image: 'web:2' })), paths: [IMAGE] },
    ],
    hasNot: [
      pairOf(workload('Deployment'), workload('Deployment', {}, { replicas: 3 })),
      pairOf(workload('Deployment'), workload('Deployment', {}, {}, { restartPolicy: 'Always' })),
    ],
  }),
  check: (change, { after: group }, tell) => {
    const object = change.after?.object;
    const [field] = templateFields(change);
    if (object === undefined || field === undefined) return;
    if (borrowedDeployments(group).has(object)) return;
    if (
      fieldAt(object, 'spec.paused') === true ||
      (fieldAt(object, 'spec.replicas') === 0 && !hasAt(object, 'spec.updateStrategy'))
    )
      return;
    const [path, usual] = WAYS[object.kind] ?? ['', 'RollingUpdate'];
    tell(field, `${nameOf(object)}: ${TOLD[textAt(object, path) ?? usual] ?? TOLD.RollingUpdate}`);
  },
};
