import type { RollingStrategy } from '../../lib/catalog/service';
import type { WorkloadScope } from '../names';
import { analysisOf } from '../parts/gates/analysis-template';
import { antiAffinityOf, type RolloutStrategy } from './rollout-strategy';

/**
 * Pods are exchanged a few at a time: to Argo Rollouts a canary without steps and without traffic routing. Without a
 * startingStep its analysis begins with the first new pod, and a failure brings the old pods back.
 */
export function rolling(scope: WorkloadScope, strategy: RollingStrategy): RolloutStrategy {
  const { maxSurge, maxUnavailable, background, antiAffinity } = strategy;
  return {
    canary: {
      maxSurge,
      maxUnavailable,
      ...antiAffinityOf(antiAffinity),
      ...(background === undefined ? {} : { analysis: analysisOf(scope, background.gates, 'background') }),
    },
  };
}
