import type { Step } from '../../../lib/catalog/service';
import type { WorkloadScope } from '../../names';
import { RELEASE_METRICS } from '../release-metrics';
import type { Alert } from './alert';
import { inPhase } from './series';
import { routedWeight, type StepWeight, seriesOf, stepWeight } from './weights';

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
      { record: 'cutover:step_weight', expr: weight('>=') },
      { record: 'cutover:step_weight_before', expr: weight('>') },
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

/** Weights that are neither that of the step nor the one before; the latter is another one at a `setWeight` only. */
function inRelease(scope: WorkloadScope, routed: string): string {
  const other = (record: StepWeight) => `${routed} != on() group_left() ${stepWeight(scope, record)}`;
  const none = `${routed} == 0 and on() ${seriesOf(scope, RELEASE_METRICS.set)} == 0`;
  const phase = `and on() (${inPhase(scope, 'Progressing', 'Paused')})`;
  return `(${other('cutover:step_weight')} and ${other('cutover:step_weight_before')} ${phase} unless (${none}))`;
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
