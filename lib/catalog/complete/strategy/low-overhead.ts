import type { Path } from '../../../diagnostic/path';
import type { CanaryStrategy, Step } from '../../service';
import { fewestPods, type StrategyScope } from './common';

/** What `lowOverhead` promises: pods above the replicas, as a share of them. */
const MOST_EXTRA_PERCENT = 20;

/** With `lowOverhead` the stable pods leave with their share: nothing may count on them afterwards (P10, P12, P14). */
export function checkLowOverhead(scope: StrategyScope, strategy: CanaryStrategy): void {
  const { context, routing } = scope;
  if (strategy.optimizeFor !== 'lowOverhead' || routing.router === 'none') return;
  if (context.refused(['strategy', 'optimizeFor'], ['strategy', 'steps'], ['routing', 'router'])) return;
  checkEnd(scope, strategy.steps);
  checkDelays(scope);
  checkExtraPods(scope, strategy.steps);
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

/** Before a weight moves, the canary has its pods and the stable version still those of its old share. */
function checkExtraPods(scope: StrategyScope, steps: readonly Step[]): void {
  const { context } = scope;
  if (context.refused(['replicas'], ['autoscaling'])) return;
  const pods = fewestPods(scope.scale);
  const even = evenWeights(pods);
  const extra = extraPods(
    pods,
    steps.flatMap((step) => (step.kind === 'setWeight' ? [step.weight] : [])),
  );
  if (extra <= Math.max(podsAtOnce(pods), extraPods(pods, even))) return;
  context.fault(
    'CAT112',
    scope.given.steps === undefined ? ['strategy', 'preset'] : ['strategy', 'steps'],
    `these weights start ${extra} pods beside the ${pods} of the steady state, ${Math.round((100 * extra) / pods)} % more; lowOverhead is for ${MOST_EXTRA_PERCENT} %`,
    `weights that do: ${even.join(', ')}`,
  );
}

/** One pod is the least that can be started before one leaves. */
const podsAtOnce = (pods: number): number => Math.max(1, Math.floor((pods * MOST_EXTRA_PERCENT) / 100));

/** The most pods above the steady state on the way through weights, to all requests. */
function extraPods(pods: number, weights: readonly number[]): number {
  const share = (weight: number): number => Math.ceil((weight * pods) / 100);
  const moves = [...weights, 100].map((weight, i) => share(weight) + share(100 - (weights[i - 1] ?? 0)) - pods);
  return Math.max(...moves);
}

/** The fewest weights between which no more pods are started than are allowed, each as near to whole pods as can be. */
function evenWeights(pods: number): readonly number[] {
  const each = podsAtOnce(pods);
  return Array.from({ length: Math.ceil(pods / each) - 1 }, (_, i) => Math.floor((100 * (i + 1) * each) / pods));
}

const stepPath = ({ given }: StrategyScope, index: number): Path =>
  given.steps === undefined ? ['strategy', 'preset'] : ['strategy', 'steps', index];
