import type { CanaryScale, CanaryStrategy, Step } from '../../lib/catalog/service';
import { DOMAIN, type WorkloadScope } from '../names';
import { analysisOf, experimentAnalyses } from '../parts/gates/analysis-template';
import { canaryTraffic } from '../routers';
import { antiAffinityOf, type CanarySpec, type RolloutStrategy } from './rollout-strategy';

type CanaryStep = NonNullable<CanarySpec['steps']>[number];
type ExperimentStep = NonNullable<CanaryStep['experiment']>;

/** A canary whose traffic the router splits; no pod is ever taken away before its successor serves. */
export function canary(scope: WorkloadScope, strategy: CanaryStrategy): RolloutStrategy {
  const { background } = strategy;
  const split = scope.service.routing.router !== 'none';
  return {
    canary: {
      // A router makes the surge and the delays count; without one Argo Rollouts refuses the delays (P12).
      maxSurge: split ? '25%' : strategy.maxSurge,
      maxUnavailable: split ? 0 : strategy.maxUnavailable,
      ...(split ? stablePods(strategy) : {}),
      ...antiAffinityOf(strategy.antiAffinity),
      ...canaryTraffic(scope),
      ...(background === undefined
        ? {}
        : {
            analysis: { ...analysisOf(scope, background.gates, 'background'), startingStep: background.startingStep },
          }),
      steps: strategy.steps.map((step) => canaryStep(scope, step)),
    },
  };
}

/** Whether old pods stay, for how long, or leave with their share: Argo Rollouts refuses the delay together with the scale (P12). */
function stablePods({ optimizeFor, ...delays }: CanaryStrategy): Partial<CanarySpec> {
  const { scaleDownDelaySeconds, abortScaleDownDelaySeconds } = delays;
  return optimizeFor === 'lowOverhead'
    ? { dynamicStableScale: true }
    : { scaleDownDelaySeconds, abortScaleDownDelaySeconds };
}

function canaryStep(scope: WorkloadScope, step: Step): CanaryStep {
  switch (step.kind) {
    case 'setWeight':
      return { setWeight: step.weight };
    case 'pause':
      return { pause: step.durationSeconds === undefined ? {} : { duration: `${step.durationSeconds}s` } };
    case 'analysis':
      return { analysis: analysisOf(scope, step.gates, 'step') };
    case 'canaryScale':
      return { setCanaryScale: canaryScale(step.scale) };
    case 'headerRoute':
      return { setHeaderRoute: { name: step.route, ...headerMatch(step) } };
    case 'mirrorRoute':
      // Only GET: a copy of anything else could be carried out twice (P6).
      return {
        setMirrorRoute: {
          name: step.route,
          ...(step.percent === undefined ? {} : { match: [{ method: { exact: 'GET' } }], percentage: step.percent }),
        },
      };
    case 'experiment':
      return { experiment: experiment(scope, step) };
  }
}

function headerMatch({ header }: Extract<Step, { readonly kind: 'headerRoute' }>) {
  return header === undefined ? {} : { match: [{ headerName: header.name, headerValue: { exact: header.value } }] };
}

function canaryScale(scale: CanaryScale): NonNullable<CanaryStep['setCanaryScale']> {
  switch (scale.kind) {
    case 'replicas':
      return { replicas: scale.replicas };
    case 'percent':
      return { weight: scale.percent };
    case 'matchWeight':
      return { matchTrafficWeight: true };
  }
}

/** The label makes the hash of each template its own; without it the baseline's pods would count as stable ones. */
function experiment(scope: WorkloadScope, step: Extract<Step, { readonly kind: 'experiment' }>): ExperimentStep {
  const template = (name: 'baseline' | 'canary', specRef: 'stable' | 'canary') => ({
    name,
    specRef,
    replicas: step.replicas,
    metadata: { labels: { [`${DOMAIN}/experiment`]: name } },
    ...(step.weight === undefined ? {} : { weight: step.weight }),
  });
  return {
    duration: `${step.durationSeconds}s`,
    templates: [template('baseline', 'stable'), template('canary', 'canary')],
    ...(step.gates.length === 0 ? {} : { analyses: experimentAnalyses(scope, step.gates) }),
  };
}
