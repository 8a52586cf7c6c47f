import type { ManifestOf } from '@cdk8s/imports/wire';
import type { CanaryStrategy, Step } from '../../lib/catalog/service';
import type { ServiceScope } from '../names';
import { analysisOf } from '../parts/gates/analysis-template';
import { ROUTERS } from '../routers';

type RolloutStrategy = NonNullable<NonNullable<ManifestOf<'argoproj.io/v1alpha1/Rollout'>['spec']>['strategy']>;
type CanarySpec = NonNullable<RolloutStrategy['canary']>;
type CanaryStep = NonNullable<CanarySpec['steps']>[number];

/** A canary whose traffic the router splits; no pod is ever taken away before its successor serves. */
export function canary(scope: ServiceScope, strategy: CanaryStrategy): RolloutStrategy {
  const { background } = strategy;
  const spread = ANTI_AFFINITY[strategy.antiAffinity];
  return {
    canary: {
      maxSurge: '25%',
      maxUnavailable: 0,
      scaleDownDelaySeconds: strategy.scaleDownDelaySeconds,
      abortScaleDownDelaySeconds: strategy.abortScaleDownDelaySeconds,
      ...(spread === undefined ? {} : { antiAffinity: spread }),
      trafficRouting: ROUTERS[scope.service.routing.router].trafficRouting(scope),
      ...(background === undefined
        ? {}
        : {
            analysis: { ...analysisOf(scope, background.gates, 'background'), startingStep: background.startingStep },
          }),
      steps: strategy.steps.map((step) => canaryStep(scope, step)),
    },
  };
}

const ANTI_AFFINITY: { readonly [Choice in CanaryStrategy['antiAffinity']]: CanarySpec['antiAffinity'] | undefined } = {
  none: undefined,
  preferred: { preferredDuringSchedulingIgnoredDuringExecution: { weight: 100 } },
  required: { requiredDuringSchedulingIgnoredDuringExecution: {} },
};

function canaryStep(scope: ServiceScope, step: Step): CanaryStep {
  switch (step.kind) {
    case 'setWeight':
      return { setWeight: step.weight };
    case 'pause':
      return { pause: step.durationSeconds === undefined ? {} : { duration: `${step.durationSeconds}s` } };
    case 'analysis':
      return { analysis: analysisOf(scope, step.gates, 'step') };
  }
}
