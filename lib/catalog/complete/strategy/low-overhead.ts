import type { Path } from '../../../diagnostic/path';
import { MOST_EXTRA_PERCENT, podsAtOnce } from '../../between-weights';
import { podsForWeight } from '../../pod-share';
import type { CanaryStrategy, Step } from '../../service';
import { fewestPods, type StrategyScope } from './common';

/** With `lowOverhead` the stable pods leave with their share: nothing may count on them afterwards (P10, P12, P14). */
export function checkLowOverhead(scope: StrategyScope, strategy: CanaryStrategy): void {
  const { context, routing } = scope;
  if (strategy.optimizeFor !== 'lowOverhead' || routing.router === 'none') return;
  if (context.refused(['strategy', 'optimizeFor'], ['strategy', 'steps'], ['routing', 'router'])) return;
  checkEnd(scope, strategy.steps);
  checkDelays(scope);
  checkReplicas(scope);
  checkOwnPods(scope, strategy.steps);
}

const waits = ({ kind }: Step): boolean => kind === 'pause' || kind === 'analysis' || kind === 'experiment';

/** At 100 % no stable pod is left, so that an abort from there has nothing to go back to until new ones have started (P10). */
function checkEnd(scope: StrategyScope, steps: readonly Step[]): void {
  const all = steps.findIndex((step) => step.kind === 'setWeight' && step.weight === 100);
  const waiting = all === -1 ? -1 : steps.findIndex((step, i) => i > all && waits(step));
  if (waiting === -1) return;
  scope.context.fault(
    'CAT110',
    stepPath(scope, waiting),
    'with lowOverhead no stable pod is left at 100 %, and a release that waits there could not go back',
    'end the steps with a smaller setWeight: the promotion brings the rest, or optimize for fastRollback',
  );
}

/** Argo Rollouts refuses scaleDownDelaySeconds beside dynamicStableScale, and there is nothing that could stay. */
function checkDelays({ context }: StrategyScope): void {
  for (const field of ['scaleDownDelaySeconds', 'abortScaleDownDelaySeconds'] as const) {
    const path: Path = ['strategy', field];
    if (!context.isOwn(path)) continue;
    context.fault(
      'CAT111',
      path,
      `with lowOverhead pods leave when their share of the requests does, and "${field}" says that they stay`,
      'leave it out, or optimize for fastRollback',
    );
  }
}

/** One pod is the least that can be started before another one leaves, and with few replicas that is a large share. */
function checkReplicas({ context, scale }: StrategyScope): void {
  const pods = fewestPods(scale);
  const extra = podsAtOnce(pods);
  if (100 * extra <= MOST_EXTRA_PERCENT * pods || context.refused(['replicas'], ['autoscaling'])) return;
  context.fault(
    'CAT116',
    scale.kind === 'fixed' ? ['replicas'] : ['autoscaling', 'minReplicas'],
    `with ${pods} ${pods === 1 ? 'replica' : 'replicas'} lowOverhead needs up to ${extra} more ${extra === 1 ? 'pod' : 'pods'}, ${Math.round((100 * extra) / pods)} % of them; it is for ${MOST_EXTRA_PERCENT} %`,
    `with 5 replicas, or 10 and more, it stays within ${MOST_EXTRA_PERCENT} %; with ${pods} optimize for fastRollback if so many pods do not matter`,
  );
}

/** Pods that steps ask for beside those of a weight; nothing that Cutover could do in smaller steps. */
function checkOwnPods(scope: StrategyScope, steps: readonly Step[]): void {
  const { context } = scope;
  if (context.refused(['replicas'], ['autoscaling'])) return;
  const pods = fewestPods(scope.scale);
  let weight = 0;
  for (const [i, step] of steps.entries()) {
    if (step.kind === 'setWeight') weight = step.weight;
    const extra = ownPods(step, pods, weight);
    if (extra <= podsAtOnce(pods)) continue;
    context.fault(
      'CAT117',
      stepPath(scope, i),
      `${step.kind} brings ${extra} pods beside the ${pods} of the steady state, ${Math.round((100 * extra) / pods)} % more; lowOverhead is for ${MOST_EXTRA_PERCENT} %`,
      step.kind === 'experiment'
        ? 'give it fewer replicas, or take it out'
        : 'let the pods follow the weight: take it out',
    );
  }
}

/** What a step has more than the steady state (Argo Rollouts 1.9.1, utils/replicaset/canary.go: GetCanaryReplicasOrWeight). */
function ownPods(step: Step, pods: number, weight: number): number {
  const stable = (percent: number): number => podsForWeight(pods, 100 - Math.min(percent, weight));
  switch (step.kind) {
    case 'experiment':
      return 2 * step.replicas + podsForWeight(pods, weight) + stable(weight) - pods;
    case 'canaryScale':
      if (step.scale.kind === 'matchWeight') return 0;
      return step.scale.kind === 'replicas'
        ? step.scale.replicas
        : podsForWeight(pods, step.scale.percent) + stable(step.scale.percent) - pods;
    default:
      return 0;
  }
}

const stepPath = ({ given }: StrategyScope, index: number): Path =>
  given.steps === undefined ? ['strategy', 'preset'] : ['strategy', 'steps', index];
