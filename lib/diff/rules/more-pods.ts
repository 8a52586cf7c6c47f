import { nameOf } from '../../manifest/object';
import { pairOf, workload } from '../example';
import { fieldFor, numbersAt } from '../fields';
import type { DiffRule } from '../rule';

const sized = (replicas: number) => workload('Rollout', {}, { replicas });

export const morePods: DiffRule = {
  code: 'DIF131',
  severity: 'info',
  title: 'More pods: they start as soon as it is synced, and no pod restarts',
  reason: 'Scaling is no release; the new pods are of the version that runs.',
  hint: 'see that the nodes and the database have room for them',
  source: 'Kubernetes 1.34, Deployment controller; Argo Rollouts 1.9.1, rollout/sync.go',
  kinds: ['Rollout', 'Deployment', 'StatefulSet', 'HorizontalPodAutoscaler'],
  counted: ['workload gets more pods', 'workloads get more pods'],
  examples: () => ({
    has: [{ ...pairOf(sized(2), sized(5)), paths: ['spec.replicas'] }],
    hasNot: [pairOf(sized(5), sized(2))],
  }),
  check: (change, _, tell) => {
    if (change.after === undefined) return;
    for (const field of ['spec.replicas', 'spec.minReplicas', 'spec.maxReplicas']) {
      const numbers = numbersAt(change, field);
      if (numbers !== undefined && numbers.after > numbers.before)
        tell(
          fieldFor(change, field),
          `${nameOf(change.after.object)}: ${field.slice(5)} goes from ${numbers.before} to ${numbers.after}`,
        );
    }
  },
};
