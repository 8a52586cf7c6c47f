import { nameOf } from '../../manifest/object';
import { borrowedDeployments } from '../../manifest/scaling';
import { pairOf, workload } from '../example';
import { fieldsLike, templateFields } from '../fields';
import { releaseOf, releaseTime } from '../release';
import type { DiffRule } from '../rule';

export const startsRollout: DiffRule = {
  code: 'DIF020',
  severity: 'info',
  title: 'Starts a rollout: new pods, step by step, by the strategy of the Rollout',
  reason:
    'Argo Rollouts makes a new ReplicaSet when the pod template differs by more than defaults and ways to write a quantity. The time is that of `npm run plan`: the start of pods by their probes, pauses, analyses and the waits of the controller, when every gate passes.',
  hint: 'watch it: kubectl argo rollouts get rollout <name> --watch',
  source: 'Argo Rollouts 1.9.1, utils/replicaset/replicaset.go: FindNewReplicaSet, PodTemplateEqualIgnoreHash',
  kinds: ['Rollout', 'Deployment'],
  counted: ['service rolls out', 'services roll out'],
  examples: () => ({
    has: [
      {
        ...pairOf(workload('Rollout'), workload('Rollout', { image: 'web:2' })),
        paths: ['spec.template.spec.containers[name=web].image'],
      },
    ],
    hasNot: [
      pairOf(workload('Rollout'), workload('Rollout', {}, { replicas: 3 })),
      pairOf(workload('Rollout'), workload('Rollout', { terminationMessagePolicy: 'File' })),
      pairOf(workload('Deployment'), workload('Deployment', { image: 'web:2' })),
    ],
  }),
  check: (change, { after: group }, tell) => {
    const object = change.after?.object;
    const [field] =
      object?.kind === 'Rollout'
        ? [...templateFields(change), ...fieldsLike(change, /^spec\.workloadRef/)]
        : templateFields(change);
    if (object === undefined || field === undefined || change.before === undefined) return;
    const rollout = object.kind === 'Rollout' ? object : borrowedDeployments(group).get(object);
    if (rollout === undefined) return;
    const release = releaseOf(group, rollout);
    const { strategy, seconds } = release;
    tell(field, `${nameOf(rollout)} rolls out: ${strategy}, ${releaseTime(release)}`, { seconds });
  },
};
