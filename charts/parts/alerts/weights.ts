import { CANARY_SUBSET, type WorkloadScope } from '../../names';
import { RELEASE_METRICS } from '../release-metrics';

/** The weight of the step that is reached, in %, and the one of the steps before it: recorded for WeightsDiffer. */
export type StepWeight = 'cutover:step_weight' | 'cutover:step_weight_before';

export const stepWeight = ({ environment, service }: WorkloadScope, which: StepWeight): string =>
  `${which}{namespace="${environment.namespace}",service="${service.name}"}`;

/**
 * The weights as the router has them; undefined where nobody tells them, or no router has any. The action of an Ingress is a text that
 * kube-state-metrics cannot read: there it is what the controller has set.
 */
export function routedWeight(scope: WorkloadScope): string | undefined {
  if (scope.platform.alerts.customResourceState === undefined) return undefined;
  const { name, routing } = scope.service;
  switch (routing.router) {
    case 'istio': {
      const canary = routing.splitting === 'subset' ? `subset="${CANARY_SUBSET}"` : `host=~"${name}-canary([.].+)?"`;
      return seriesOf(scope, RELEASE_METRICS.virtualService, canary);
    }
    case 'gatewayApi':
      return seriesOf(scope, RELEASE_METRICS.httpRoute, `host="${name}-canary"`);
    case 'alb':
      return seriesOf(scope, RELEASE_METRICS.set);
    case 'albTargetGroups':
    case 'none':
      return undefined;
  }
}

/** A series of kube-state-metrics about the object of the workload's own name. */
export const seriesOf = ({ environment, service }: WorkloadScope, metric: string, ...more: readonly string[]): string =>
  `${metric}{${[`namespace="${environment.namespace}"`, `name="${service.name}"`, ...more].join(',')}}`;
