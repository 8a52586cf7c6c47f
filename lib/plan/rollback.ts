import { podsForWeight } from '../catalog/pod-share';
import type { CanaryStrategy, Pace, Service } from '../catalog/service';
import { podAvailableSeconds, steadyPodsOf } from './pods';
import { Clock } from './timeline/clock';
import { exchange } from './timeline/exchange';
import type { Phase } from './timeline/model';
import { NO_RETRIES } from './timeline/retries';

/** The way back from a release that is aborted. */
export interface Rollback {
  /** From the decision to the moment at which every request is answered by the stable version. */
  readonly seconds: number;
  /** The share of the new version over that time: seconds of all of the traffic. What fails on the way is this × requests a second × share of failures. */
  readonly trafficSeconds: number;
}

/** Whose way back needs a person: weights that move by commit only. */
export const BY_COMMIT = 'by commit';

/** Where a release is when it is decided upon. */
type State = Pick<Phase, 'weight' | 'canaryPods' | 'stablePods'>;

/** Measured on a cluster: with subsets no request reached the canary after the abort, in two runs of two (B1); below a second. */
const SUBSET_SECONDS = 1;

/** Measured: up to 10 s with splitting by host while the canary's pods stay, 0.9 s when they leave after a second (B1). */
const HOST_SECONDS = { staying: 10, leaving: 1 } as const;

/** Not measured. A rule of a load balancer is taken over within seconds; the documents promise no time. */
const LOAD_BALANCER_SECONDS = 10;

/** Not measured: a route is written by the plugin and taken over by the gateway's own controller. */
const GATEWAY_SECONDS = 5;

/** Not measured: EndpointSlices and the proxies or kube-proxy follow a changed selector. */
const SELECTOR_SECONDS = 2;

/** The way back from a moment of a release; nothing is to be done while nobody asks the new version. */
export function rollbackFrom(service: Service, state: State): Rollback | typeof BY_COMMIT {
  const { strategy, routing } = service;
  if (strategy.kind === 'blueGreen' && routing.router === 'albTargetGroups') return BY_COMMIT;
  if (state.weight === 0) return { seconds: 0, trafficSeconds: 0 };
  switch (strategy.kind) {
    case 'rolling':
    case 'abTest':
      return byPods(service, strategy, state);
    case 'blueGreen':
      return atOnce(state, SELECTOR_SECONDS);
    case 'canary':
      if (routing.router === 'none') return byPods(service, strategy, state);
      return strategy.optimizeFor === 'lowOverhead'
        ? byNewPods(service, strategy, state)
        : byRouter(service, strategy, state);
  }
}

/** The longest way back from any moment before the promotion, in seconds; undefined where a commit moves the weights. */
export function worstRollback(service: Service, phases: readonly Phase[]): number | undefined {
  let worst = 0;
  for (const phase of phases) {
    if (phase.kind === 'tail') continue;
    const way = rollbackFrom(service, phase);
    if (way === BY_COMMIT) return undefined;
    worst = Math.max(worst, way.seconds);
  }
  return worst;
}

const atOnce = ({ weight }: State, seconds: number): Rollback => ({
  seconds,
  trafficSeconds: (seconds * weight) / 100,
});

/** All stable pods are there: the router takes the weight back. */
function byRouter({ routing }: Service, { abortScaleDownDelaySeconds }: CanaryStrategy, state: State): Rollback {
  switch (routing.router) {
    case 'istio':
      if (routing.splitting === 'subset') return { seconds: SUBSET_SECONDS, trafficSeconds: 0 };
      return atOnce(state, abortScaleDownDelaySeconds > 1 ? HOST_SECONDS.staying : HOST_SECONDS.leaving);
    case 'alb':
    case 'albTargetGroups':
      return atOnce(state, LOAD_BALANCER_SECONDS);
    case 'gatewayApi':
      return atOnce(state, GATEWAY_SECONDS);
    case 'none':
      return { seconds: 0, trafficSeconds: 0 };
  }
}

/**
 * Stable pods were taken away with their share, and new ones must be available before the weight goes back, from one weight of
 * the steps to the one below (Argo Rollouts 1.9.1, utils/replicaset/canary.go: GetDesiredCanaryWeight;
 * rollout/trafficrouting.go: calculateDesiredWeightOnAbortOrStableRollback).
 */
function byNewPods(service: Service, strategy: CanaryStrategy, state: State): Rollback {
  const replicas = steadyPodsOf(service.scale);
  const weights = strategy.steps.flatMap((step) => (step.kind === 'setWeight' ? [step.weight] : [])).reverse();
  const last = byRouter(service, strategy, state);
  let { weight, canaryPods: canary, stablePods: stable } = state;
  let { seconds, trafficSeconds } = last;
  // Each round starts pods, or moves the weight, or takes canary pods away: there are no more rounds than that.
  for (let round = 0; weight > 0 && round <= 2 * weights.length + 2; round += 1) {
    const canaryAtMost = Math.max(replicas - stable, canary);
    const next = weights.find((one) => podsForWeight(replicas, one) < canaryAtMost) ?? 0;
    const wanted = Math.max(podsForWeight(replicas, 100 - next), podsForWeight(replicas, 100 - weight));
    if (wanted > stable) {
      const wait = podAvailableSeconds(service);
      seconds += wait;
      trafficSeconds += (wait * weight) / 100;
      stable = wanted;
    }
    const stableShare = Math.floor((100 * stable) / replicas);
    if (next <= 0) weight = Math.min(Math.max(0, 100 - stableShare), weight);
    else if (stableShare >= 100 - next) weight = Math.min(next, weight);
    canary = Math.max(podsForWeight(replicas, weight), podsForWeight(replicas, next));
  }
  return { seconds, trafficSeconds };
}

/** Old pods are started again and the new ones end, as fast as the pace allows; of an A/B test those of the variants. */
function byPods(service: Service, pace: Pace, { weight, canaryPods, stablePods }: State): Rollback {
  const { strategy, scale } = service;
  const control = strategy.kind === 'abTest' ? steadyPodsOf(scale) : 0;
  const replicas =
    strategy.kind === 'abTest' ? strategy.variants.reduce((sum, one) => sum + one.replicas, 0) : steadyPodsOf(scale);
  const old = stablePods - control;
  const clock = new Clock(service, NO_RETRIES, replicas);
  clock.scale('stable', old);
  clock.scale('canary', canaryPods);
  clock.share(weight);
  const told = { label: 'old pods again' };
  exchange(clock, service, pace, { canary: 0, stable: replicas }, told, (newShare) =>
    canaryPods === 0 ? 0 : (weight * newShare * (canaryPods + old)) / canaryPods,
  );
  const trafficSeconds = clock.phases.reduce(
    (sum, one) => sum + ((one.toSeconds - one.fromSeconds) * one.weight) / 100,
    0,
  );
  return { seconds: clock.now, trafficSeconds };
}
