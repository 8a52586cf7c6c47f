import { podShare, podsForWeight } from '../../catalog/pod-share';
import type { CanaryScale, Step } from '../../catalog/service';
import { podAvailableSeconds } from '../pods';
import { Clock, type Told } from './clock';
import { exchange } from './exchange';
import { longest } from './longest';
import type { Background, Luck, Timeline } from './model';
import type { CanaryCourse, Released, TimedGate } from './released';
import { retriesOf } from './retries';

/** How a canary gets its pods and its share of the requests: by a router, or by the numbers of pods. */
interface Carrier {
  /** Brings the canary to a weight, with the pods for it. */
  readonly weight: (weight: number, label: string, step: number | undefined) => void;
  readonly canaryScale: (step: Extract<Step, { readonly kind: 'canaryScale' }>, index: number) => void;
  /** All requests at the new version, and what happens to the old pods. */
  readonly promote: () => void;
}

/** The steps of a canary, one after the other, then all of the pods, then the end of the old ones. */
export function canaryTimeline<G extends TimedGate>(
  service: Released,
  strategy: CanaryCourse<G>,
  luck: Luck,
): Timeline<G> {
  const routed = service.routing.router !== 'none';
  const clock = new Clock<G>(service, retriesOf(service, routed ? weightChanges(strategy.steps) : 0, luck));
  const carrier = routed ? byRouter(clock, service, strategy) : byPods(clock, service, strategy);
  let backgroundFrom: number | undefined;
  for (const [i, step] of strategy.steps.entries()) {
    if (i === strategy.background?.startingStep) backgroundFrom = clock.now;
    play(clock, carrier, service, step, i);
  }
  const background: Background<G> | undefined =
    strategy.background === undefined || backgroundFrom === undefined
      ? undefined
      : { gates: strategy.background.gates, fromSeconds: backgroundFrom, toSeconds: clock.now };
  carrier.promote();
  return clock.timeline(background);
}

function play<G extends TimedGate>(
  clock: Clock<G>,
  carrier: Carrier,
  service: Released,
  step: Step<G>,
  index: number,
): void {
  switch (step.kind) {
    case 'setWeight':
      carrier.weight(step.weight, `setWeight ${step.weight}`, index);
      break;
    case 'pause':
      if (step.durationSeconds === undefined) clock.pass('person', 0, { label: 'pause', step: index });
      else clock.pass('pause', step.durationSeconds, { label: 'pause', step: index });
      break;
    case 'analysis':
      clock.pass('analysis', longest(step.gates), { label: 'analysis', step: index, gates: step.gates });
      break;
    case 'canaryScale':
      carrier.canaryScale(step, index);
      break;
    case 'experiment':
      playExperiment(clock, service, step, index);
      break;
    case 'headerRoute':
    case 'mirrorRoute':
      break;
  }
}

/** Baseline and canary of the experiment are pods of their own; its canary answers its weight of the requests. */
function playExperiment<G extends TimedGate>(
  clock: Clock<G>,
  service: Released,
  step: Extract<Step<G>, { readonly kind: 'experiment' }>,
  index: number,
): void {
  const before = clock.weight;
  clock.scale('experiment', 2 * step.replicas);
  clock.pass('start', podAvailableSeconds(service), { label: 'pods of the experiment', step: index });
  clock.share(before + (step.weight ?? 0));
  clock.pass('experiment', step.durationSeconds, { label: 'experiment', step: index, gates: step.gates });
  clock.share(before);
  clock.scale('experiment', 0);
}

/** The changes of the weight that steps make; with the last one, to all requests, the release is over and waits for nothing. */
function weightChanges(steps: readonly Step<TimedGate>[]): number {
  const weights = [0, ...steps.flatMap((step) => (step.kind === 'setWeight' ? [step.weight] : []))];
  return weights.filter((weight, i) => i > 0 && weight !== weights[i - 1]).length;
}

/**
 * A router splits: the canary has the pods for its weight, rounded up, before the weight moves. The stable version keeps all of
 * its pods, or with `lowOverhead` those for its own share: the others leave once the weight has moved (Argo Rollouts 1.9.1,
 * utils/replicaset/canary.go: CalculateReplicaCountsForTrafficRoutedCanary). After canaryScale a weight adds no pods (P13), and the
 * stable pods are those beside the scale: all of them where it is a number of pods (GetCanaryReplicasOrWeight).
 */
function byRouter<G extends TimedGate>(clock: Clock<G>, service: Released, strategy: CanaryCourse<G>): Carrier {
  const { steadyPods } = clock;
  const dynamic = strategy.optimizeFor === 'lowOverhead';
  let fixed: { readonly pods: number; readonly percent: number } | undefined;
  const stablePods = (weight: number): number =>
    dynamic ? podsForWeight(steadyPods, 100 - Math.min(weight, fixed?.percent ?? 100)) : steadyPods;
  const start = (canary: number, stable: number, told: Told<G>): void => {
    const more = canary > clock.pods('canary') || stable > clock.pods('stable');
    clock.scale('canary', canary);
    clock.scale('stable', stable);
    if (more) clock.pass('start', podAvailableSeconds(service), told);
  };
  return {
    weight: (weight, label, step) => {
      // Until the weight has moved the stable pods are those for the larger of its shares before and after.
      const stable = stablePods(Math.min(weight, clock.weight));
      start(fixed?.pods ?? podsForWeight(steadyPods, weight), stable, { label, step });
      clock.shift(weight, { label, step });
      clock.scale('stable', stablePods(weight));
    },
    canaryScale: ({ scale }, index) => {
      fixed = fixedScale(steadyPods, scale);
      const pods = fixed?.pods ?? podsForWeight(steadyPods, clock.weight);
      start(pods, Math.max(clock.pods('stable'), stablePods(clock.weight)), { label: 'canaryScale', step: index });
    },
    promote: () => {
      start(steadyPods, clock.pods('stable'), { label: 'all pods' });
      clock.share(100);
      clock.promoted();
      if (!dynamic) clock.pass('tail', strategy.scaleDownDelaySeconds, { label: 'old pods stay' });
      clock.scale('stable', 0);
      clock.pass('tail', service.shutdown.preStopSeconds, { label: 'old pods end' });
    },
  };
}

/** The pods of a canary after canaryScale, and the share that the stable ones are counted by; undefined where the weight decides. */
function fixedScale(steadyPods: number, scale: CanaryScale) {
  switch (scale.kind) {
    case 'replicas':
      return { pods: scale.replicas, percent: 0 };
    case 'percent':
      return { pods: podsForWeight(steadyPods, scale.percent), percent: scale.percent };
    case 'matchWeight':
      return undefined;
  }
}

/** The pods are the weight: as many are exchanged as come nearest to it (lib/catalog/pod-share.ts). */
function byPods<G extends TimedGate>(clock: Clock<G>, service: Released, strategy: CanaryCourse<G>): Carrier {
  const { steadyPods } = clock;
  const move = (weight: number, label: string, step: number | undefined): void => {
    const { canary, total } = podShare(steadyPods, weight, strategy.maxSurge);
    exchange(clock, service, strategy, { canary, stable: total - canary }, { label, step });
  };
  return {
    weight: move,
    canaryScale: () => undefined,
    promote: () => {
      move(100, 'all pods', undefined);
      clock.promoted();
      clock.pass('tail', service.shutdown.preStopSeconds, { label: 'old pods end' });
    },
  };
}
