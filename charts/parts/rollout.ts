import type { ManifestOf } from '@cdk8s/imports/wire';
import { POD_START_ANNOTATION } from '../../lib/manifest/rollout';
import { metadataOf, pruning, selectorOf, WAVES, type WorkloadScope, wave } from '../names';
import { rolloutStrategy } from '../strategies';
import { subscriptions } from './notifications';
import { podTemplate } from './pod-template';

/** The workload. An autoscaled one names no replicas, or every sync would set them back (P37). */
export function rollout(scope: WorkloadScope): ManifestOf<'argoproj.io/v1alpha1/Rollout'> {
  const { scale, strategy, podStartSeconds } = scope.service;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: metadataOf(scope, '', {
      ...wave(WAVES.rollout),
      ...pruning(scope),
      ...subscriptions(scope.service, 'rollouts'),
      ...(podStartSeconds === undefined ? {} : { [POD_START_ANNOTATION]: String(podStartSeconds) }),
    }),
    spec: {
      ...(scale.kind === 'fixed' ? { replicas: scale.replicas } : {}),
      revisionHistoryLimit: strategy.revisionHistoryLimit,
      rollbackWindow: { revisions: strategy.rollbackWindowRevisions },
      ...(strategy.minReadySeconds > 0 ? { minReadySeconds: strategy.minReadySeconds } : {}),
      progressDeadlineSeconds: strategy.progressDeadlineSeconds,
      progressDeadlineAbort: true,
      selector: { matchLabels: selectorOf(scope.service) },
      strategy: rolloutStrategy(scope),
      template: podTemplate(scope),
    },
  };
}
