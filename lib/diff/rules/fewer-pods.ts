import { example } from '../../manifest/example';
import { fieldAt, nameOf } from '../../manifest/object';
import { autoscalersByTarget } from '../../manifest/scaling';
import { gone, pairOf, workload } from '../example';
import { differsAt, fieldFor, valuesAt } from '../fields';
import type { DiffRule } from '../rule';

const sized = (replicas?: number) => workload('Rollout', {}, replicas === undefined ? {} : { replicas });
const scaler = (spec: object) =>
  example('HorizontalPodAutoscaler', 'web', {
    spec: { scaleTargetRef: { kind: 'Rollout', name: 'web' }, minReplicas: 3, maxReplicas: 10, ...spec },
  });

export const fewerPods: DiffRule = {
  code: 'DIF130',
  severity: 'warning',
  title: 'Fewer pods: some stop as soon as it is synced',
  reason:
    'Scaling is no release: it is done at once, and what is left carries the load. Without replicas in Git and without an autoscaler the number falls back to 1.',
  hint: 'look at the load of the busiest hour, and lower it step by step',
  source: 'Kubernetes 1.34, Deployment controller; argo-rollouts#3565 (P37)',
  kinds: ['Rollout', 'Deployment', 'StatefulSet', 'HorizontalPodAutoscaler'],
  counted: ['workload gets fewer pods', 'workloads get fewer pods'],
  examples: () => ({
    has: [
      { ...pairOf(sized(5), sized(2)), paths: ['spec.replicas'] },
      { ...pairOf(sized(5), sized()), paths: ['spec.replicas'] },
      { ...pairOf(scaler({}), scaler({ minReplicas: 1 })), paths: ['spec.minReplicas'] },
      { ...gone(scaler({})), paths: ['(root)'] },
    ],
    hasNot: [pairOf(sized(2), sized(5)), { before: [sized(5)], after: [sized(), scaler({})] }],
  }),
  check: (change, { after: group }, tell) => {
    const { before, after } = change;
    if (before === undefined) return;
    const name = nameOf(before.object);
    if (before.object.kind === 'HorizontalPodAutoscaler') {
      if (after === undefined) tell('(root)', `${name} goes: the number of pods is what Git says, or stays as it is`);
      for (const field of after === undefined ? [] : ['minReplicas', 'maxReplicas']) {
        const [was, is] = [fieldAt(before.object, `spec.${field}`) ?? 1, fieldAt(after?.object, `spec.${field}`) ?? 1];
        if (typeof was === 'number' && typeof is === 'number' && is < was)
          tell(fieldFor(change, `spec.${field}`), `${name}: ${field} goes from ${was} to ${is}`);
      }
      return;
    }
    if (after === undefined || !differsAt(change, 'spec.replicas')) return;
    const { before: was, after: is } = valuesAt(change, 'spec.replicas');
    if (typeof was !== 'number') return;
    if (is === undefined && !autoscalersByTarget(group).has(after.object))
      tell(fieldFor(change, 'spec.replicas'), `${name} says no number of pods any more: it falls to 1`);
    else if (typeof is === 'number' && is < was)
      tell(
        fieldFor(change, 'spec.replicas'),
        `${name} goes from ${was} pods to ${is}`,
        is === 0 ? { severity: 'error', hint: 'keep one pod at least; with none nothing serves' } : {},
      );
  },
};
