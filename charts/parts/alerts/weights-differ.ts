import type { Step } from '../../../lib/catalog/service';
import { CANARY_SUBSET, type WorkloadScope } from '../../names';
import { RELEASE_METRICS } from '../release-metrics';
import type { Alert } from './alert';
import { inPhase } from './series';

/** The weight of the step that is reached, in %, and the one of the steps before it. */
const STEP_WEIGHT = 'cutover:step_weight';
const WEIGHT_BEFORE = 'cutover:step_weight_before';

/** How long weights may be others: a retry of the controller, twice a scrape, and stable pods that come back (B17). In seconds. */
const LAG_SECONDS = 300;

/**
 * The router gives the new version another weight than the step that is reached asks for: weights that somebody or Argo CD has set
 * back (B6, B16), a controller that does not run, an abort that did not get through. The controller moves to a weight only when the
 * pods for it are there, so that at a `setWeight` the weight before is right too, and it takes all requests from a version that has
 * no pod available (Argo Rollouts 1.9.1, rollout/trafficrouting.go, reconcileTrafficRouting). After the last step it goes to 100 and
 * back to 0, and nothing is asked until the release is over.
 */
export const weightsDiffer: Alert = {
  name: 'WeightsDiffer',
  severity: 'critical',
  todo: 'See whether the controller runs, and who else writes the weights. Abort if you cannot tell: then all requests must go to the stable version.',
  records: (scope) => {
    const { strategy } = scope.service;
    if (strategy.kind !== 'canary' || routedWeight(scope) === undefined) return [];
    const step = seriesOf(scope, RELEASE_METRICS.step);
    const weight = (reached: '>=' | '>') =>
      `max((${weightAt(strategy.steps, step, reached)}) and ${step} < ${strategy.steps.length})`;
    return [
      { record: STEP_WEIGHT, expr: weight('>=') },
      { record: WEIGHT_BEFORE, expr: weight('>') },
    ];
  },
  ask: (scope) => {
    const { strategy, routing } = scope.service;
    const routed = routedWeight(scope);
    if (strategy.kind !== 'canary' || routed === undefined) return [];
    return [
      {
        expr: () => `max by (route) (${inRelease(scope, routed)} or ${afterwards(scope, routed)})`,
        // Where stable pods leave with their share, an abort moves the weight as fast as they come back.
        forSeconds: LAG_SECONDS + (strategy.optimizeFor === 'lowOverhead' ? strategy.progressDeadlineSeconds : 0),
        summary:
          routing.router === 'alb'
            ? 'the controller has set another share of requests for the new version than the step asks for'
            : 'the new version gets another share of requests than the step asks for (route {{ $labels.route }})',
      },
    ];
  },
};

/**
 * The weights as the router has them; undefined where nobody tells them, or no router has any. The action of an Ingress is a text that
 * kube-state-metrics cannot read: there it is what the controller has set.
 */
function routedWeight(scope: WorkloadScope): string | undefined {
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

const seriesOf = ({ environment, service }: WorkloadScope, metric: string, ...more: readonly string[]): string =>
  `${metric}{${[`namespace="${environment.namespace}"`, `name="${service.name}"`, ...more].join(',')}}`;

/** Weights that are neither that of the step nor the one before; the latter is another one at a `setWeight` only. */
function inRelease(scope: WorkloadScope, routed: string): string {
  const { environment, service } = scope;
  const recorded = (record: string) => `${record}{namespace="${environment.namespace}",service="${service.name}"}`;
  const other = (record: string) => `${routed} != on() group_left() ${recorded(record)}`;
  const none = `${routed} == 0 and on() ${seriesOf(scope, RELEASE_METRICS.set)} == 0`;
  const phase = `and on() (${inPhase(scope, 'Progressing', 'Paused')})`;
  return `(${other(STEP_WEIGHT)} and ${other(WEIGHT_BEFORE)} ${phase} unless (${none}))`;
}

const afterwards = (scope: WorkloadScope, routed: string): string =>
  `(${routed} != 0 and on() (${inPhase(scope, 'Abort', 'Completed')}))`;

/** The weight of a step by its index, as a sum of what each `setWeight` adds once it is reached, or passed. */
function weightAt(steps: readonly Step[], step: string, reached: '>=' | '>'): string {
  let before = 0;
  const added: string[] = [];
  for (const [index, one] of steps.entries()) {
    if (one.kind !== 'setWeight' || one.weight === before) continue;
    added.push(`${one.weight - before} * (${step} ${reached} bool ${index})`);
    before = one.weight;
  }
  return added.length === 0 ? `0 * ${step}` : added.join(' + ');
}
