import { example } from '../example';
import { API_VERSIONS, groupOfVersion } from '../kinds';
import { type KubeObject, nameOf, textAt } from '../object';
import type { ManifestRule, ObjectGroup } from '../rule';
import { borrowedDeployments, SCALED_KINDS } from '../scaling';

const autoscaler = (apiVersion: string, kind: string): KubeObject =>
  example('HorizontalPodAutoscaler', 'web', {
    spec: { scaleTargetRef: { apiVersion, kind, name: 'web' }, maxReplicas: 9 },
  });
const rollout = (): KubeObject => example('Rollout', 'web');
const ARGO = 'argoproj.io/v1alpha1';

export const hpaTarget: ManifestRule = {
  code: 'MAN093',
  severity: 'error',
  title: 'A HorizontalPodAutoscaler for an object that is not there: nothing is scaled',
  reason:
    'The autoscaler finds its target by group, kind and name. With a Deployment in mind where a Rollout stands it reports FailedGetScale, which Argo CD shows as Degraded; a Deployment whose template a Rollout takes has no pods.',
  hint: 'name the Rollout: apiVersion argoproj.io/v1alpha1, kind Rollout',
  source: 'Argo Rollouts 1.9.1, docs/features/hpa-support.md; Kubernetes 1.34, HPA: FailedGetScale (P37)',
  kinds: ['HorizontalPodAutoscaler'],
  examples: () => ({
    bad: [
      { objects: [rollout(), autoscaler('apps/v1', 'Deployment')], paths: ['spec.scaleTargetRef.kind'] },
      { objects: [autoscaler(ARGO, 'Rollout')], paths: ['spec.scaleTargetRef.name'] },
      { objects: [rollout(), autoscaler('apps/v1', 'Rollout')], paths: ['spec.scaleTargetRef.apiVersion'] },
      {
        objects: [
          example('Rollout', 'front', {
            spec: { workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
          }),
          example('Deployment', 'web', { spec: {} }),
          autoscaler('apps/v1', 'Deployment'),
        ],
        paths: ['spec.scaleTargetRef'],
      },
    ],
    good: [
      [rollout(), autoscaler(ARGO, 'Rollout')],
      [example('Deployment', 'web', { spec: {} }), autoscaler('apps/v1', 'Deployment')],
    ],
  }),
  check: (group, report) => {
    for (const object of group.ofKind('HorizontalPodAutoscaler')) {
      const kind = SCALED_KINDS.find((one) => one === textAt(object, `${TARGET}.kind`));
      const name = textAt(object, `${TARGET}.name`) ?? '';
      if (kind === undefined) continue;
      const target = group.find(kind, name, object);
      if (target === undefined) {
        const other = otherKind(group, kind, name, object);
        if (other !== undefined) {
          report(object, `${TARGET}.kind`, `there is ${nameOf(other)}, and no ${kind} of this name`);
        } else if (group.closed) report(object, `${TARGET}.name`, `there is no ${kind} "${name}"`);
        continue;
      }
      const apiVersion = textAt(object, `${TARGET}.apiVersion`);
      if (apiVersion !== undefined && groupOfVersion(apiVersion) !== groupOfVersion(API_VERSIONS[kind])) {
        report(object, `${TARGET}.apiVersion`, `${nameOf(target)} is of ${API_VERSIONS[kind]}`);
      }
      const borrower = borrowedDeployments(group).get(target);
      if (borrower !== undefined)
        report(object, TARGET, `${nameOf(borrower)} takes the template of ${nameOf(target)} and runs its pods`);
    }
  },
};

const TARGET = 'spec.scaleTargetRef';

const otherKind = (group: ObjectGroup, kind: string, name: string, near: KubeObject): KubeObject | undefined =>
  SCALED_KINDS.filter((one) => one !== kind && one !== 'ReplicaSet')
    .map((one) => group.find(one, name, near))
    .find((object) => object !== undefined);
