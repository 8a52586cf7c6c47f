import type { AlbTargetGroupsRouting } from '../../catalog/service';
import { podAvailableSeconds, steadyPodsOf } from '../pods';
import { Clock } from './clock';
import { exchange } from './exchange';
import { longest } from './longest';
import type { Timeline } from './model';
import type { BlueGreenCourse, Released, TimedGate } from './released';
import { NO_RETRIES } from './retries';

/** The new version whole beside the old one, then a switch; between two target groups the weights move by commit. */
export function blueGreenTimeline<G extends TimedGate>(service: Released, strategy: BlueGreenCourse<G>): Timeline<G> {
  const { routing } = service;
  return routing.router === 'albTargetGroups' ? byCommit(service, strategy, routing) : bySwitch(service, strategy);
}

/** Argo Rollouts 1.9.1, rollout/bluegreen.go: the preview grows to all pods once the gates before the switch have passed. */
function bySwitch<G extends TimedGate>(service: Released, strategy: BlueGreenCourse<G>): Timeline<G> {
  const { previewReplicas, prePromotionGates, postPromotionGates, promotion, scaleDownDelaySeconds } = strategy;
  const clock = new Clock<G>(service);
  const start = (pods: number, label: string): void => {
    if (pods <= clock.pods('canary')) return;
    clock.scale('canary', pods);
    clock.pass('start', podAvailableSeconds(service), { label });
  };
  start(previewReplicas ?? clock.steadyPods, 'pods of the preview');
  clock.pass('analysis', longest(prePromotionGates), { label: 'gates before the switch', gates: prePromotionGates });
  if (promotion === 'manual') clock.pass('person', 0, { label: 'until somebody promotes' });
  clock.pass('pause', strategy.autoPromotionSeconds ?? 0, { label: 'before the switch' });
  start(clock.steadyPods, 'all pods');
  clock.share(100);
  const switched = clock.now;
  clock.pass('analysis', longest(postPromotionGates), { label: 'gates after the switch', gates: postPromotionGates });
  clock.promoted();
  // The delay counts from the switch (P27).
  clock.pass('tail', scaleDownDelaySeconds - (clock.now - switched), { label: 'old pods stay' });
  clock.scale('stable', 0);
  clock.pass('tail', service.shutdown.preStopSeconds, { label: 'old pods end' });
  return clock.timeline(undefined);
}

/** Both colours stay up; the idle one exchanges its pods while nobody asks it, and a commit moves the requests. */
function byCommit<G extends TimedGate>(
  service: Released,
  strategy: BlueGreenCourse<G>,
  { colours }: Pick<AlbTargetGroupsRouting, 'colours'>,
): Timeline<G> {
  const podsOf = (replicas: number | undefined) => replicas ?? steadyPodsOf(service.scale);
  const idle = colours.reduce((least, one) => (one.weight < least.weight ? one : least));
  const serving = colours.reduce((sum, one) => (one === idle ? sum : sum + podsOf(one.replicas)), 0);
  const clock = new Clock<G>(service, NO_RETRIES, podsOf(idle.replicas));
  const unasked = (): number => 0;
  const told = { label: `pods of ${idle.name} are exchanged` };
  exchange(clock, service, strategy, { canary: clock.steadyPods, stable: 0 }, told, unasked);
  const background = strategy.background && { ...strategy.background, fromSeconds: 0, toSeconds: clock.now };
  clock.pass('person', 0, { label: 'until a commit moves the weights' });
  clock.share(100);
  clock.promoted();
  clock.pass('tail', 1, { label: 'all requests' });
  const timeline = clock.timeline(background);
  return {
    ...timeline,
    steadyPods: timeline.steadyPods + serving,
    phases: timeline.phases.map((phase) => ({ ...phase, stablePods: phase.stablePods + serving })),
    pods: timeline.pods.map((sample) => ({ ...sample, stable: sample.stable + serving })),
  };
}
