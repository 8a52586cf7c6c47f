import { applicationOf, syncOptionsIn } from '../applications';
import { annotationOf, annotationPath, SYNC_OPTIONS, words } from '../argocd';
import { example } from '../example';
import { httpRoutesOf } from '../gateway-api';
import { virtualServicesOf } from '../istio';
import { fieldAt, type KubeObject, textAt } from '../object';
import { templatesOfService } from '../pods';
import type { ManifestRule, ObjectGroup } from '../rule';
import { borrowedDeployments } from '../scaling';

const HERE = { namespace: 'shop' };
const rollout = (options?: string): KubeObject =>
  example(
    'Rollout',
    'web',
    {},
    { ...HERE, ...(options === undefined ? {} : { annotations: { [SYNC_OPTIONS]: options } }) },
  );
const application = (option: string): KubeObject =>
  example('Application', 'web', { spec: { destination: HERE, syncPolicy: { syncOptions: [option] } } });

const service = (options: string): KubeObject =>
  example('Service', 'other', {}, { ...HERE, annotations: { [SYNC_OPTIONS]: options } });

export const replaceForce: ManifestRule = {
  code: 'MAN084',
  severity: 'error',
  title:
    'Replace or Force on an object that Argo Rollouts writes to: a sync throws its weights and selectors away, or the pods',
  reason:
    'Replace puts the object of Git in the place of the live one, with the weights, the hash in the selector and the number of pods of before the release. Force deletes it and makes it anew, with all pods behind it.',
  hint: 'remove the option; where a field cannot be changed, give the object another name',
  source: 'Argo CD 3.5.1, gitops-engine/pkg/sync/sync_context.go: applyObject (P43)',
  kinds: ['Rollout', 'Service', 'VirtualService', 'DestinationRule', 'HTTPRoute'],
  examples: () => ({
    bad: [
      { objects: [rollout('Prune=false,Replace=true')], paths: [annotationPath(SYNC_OPTIONS)] },
      { objects: [rollout(), application('Replace=true')], paths: ['spec.syncPolicy.syncOptions[0]'] },
    ],
    good: [
      [rollout('Prune=false')],
      [rollout(), application('ApplyOutOfSyncOnly=true')],
      [application('Replace=true')],
      [rollout(), service('Force=true')],
    ],
  }),
  check: (group, report) => {
    if (group.ofKind('Rollout').length === 0) return;
    for (const kind of WRITTEN) {
      for (const object of group.ofKind(kind)) {
        if (object.metadata.annotations === undefined) continue;
        const option = words(annotationOf(object, SYNC_OPTIONS)).find(isHarsh);
        if (option === undefined || !isWritten(group, object)) continue;
        report(object, annotationPath(SYNC_OPTIONS), `${option} takes away what Argo Rollouts wrote`);
      }
    }
    const told = new Set<KubeObject>();
    for (const object of group.ofKind('Rollout')) {
      const owner = applicationOf(group, object);
      if (owner === undefined || told.has(owner)) continue;
      told.add(owner);
      for (const { option, path } of syncOptionsIn({ owner, spec: fieldAt(owner, 'spec'), path: 'spec' })) {
        if (isHarsh(option)) report(owner, path, `${option} is for Rollout "${object.metadata.name}" as well`);
      }
    }
  },
};

const WRITTEN = ['Rollout', 'Service', 'VirtualService', 'DestinationRule', 'HTTPRoute'] as const;
const isHarsh = (option: unknown): boolean => option === 'Replace=true' || option === 'Force=true';

/** Whether Argo Rollouts writes to an object: it is a Rollout, sends to the pods of one, or routes for one. */
function isWritten(group: ObjectGroup, object: KubeObject): boolean {
  if (object.kind === 'Rollout') return true;
  if (object.kind === 'Service') {
    return templatesOfService(group, object).some(
      ({ owner }) => owner.kind === 'Rollout' || borrowedDeployments(group).has(owner),
    );
  }
  return group
    .ofKind('Rollout')
    .some(
      (rollout) =>
        virtualServicesOf(group, rollout).some(({ virtualService }) => virtualService === object) ||
        httpRoutesOf(group, rollout).some(({ route }) => route === object) ||
        group.find('DestinationRule', textAt(rollout, DESTINATION_RULE) ?? '', rollout) === object,
    );
}

const DESTINATION_RULE = 'spec.strategy.canary.trafficRouting.istio.destinationRule.name';
