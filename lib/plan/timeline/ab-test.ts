import type { AbTestStrategy, Service } from '../../catalog/service';
import { steadyPodsOf } from '../pods';
import { Clock } from './clock';
import { exchangeBeside } from './exchange';
import type { Timeline } from './model';
import { NO_RETRIES } from './retries';

/**
 * A new version of the variants: each exchanges its own pods, and the users of the variants meet it. The control is as it was.
 * The test then lasts until somebody ends it; nothing is promoted by itself.
 */
export function abTestTimeline(service: Service, strategy: AbTestStrategy): Timeline {
  const { variants } = strategy;
  const percent = variants.reduce((sum, variant) => sum + variant.percent, 0);
  const replicas = variants.reduce((sum, variant) => sum + variant.replicas, 0);
  const control = steadyPodsOf(service.scale);
  const clock = new Clock(service, NO_RETRIES, replicas);
  const shareOf = (newShare: number): number => percent * newShare;
  exchangeBeside(
    clock,
    service,
    strategy,
    variants.map((variant) => variant.replicas),
    { label: 'pods of the variants are exchanged' },
    shareOf,
  );
  const background =
    strategy.gates.length === 0 ? undefined : { gates: strategy.gates, fromSeconds: 0, toSeconds: clock.now };
  clock.promoted();
  clock.pass('person', 0, { label: 'until somebody ends the test' });
  clock.pass('tail', service.shutdown.preStopSeconds, { label: 'old pods end' });
  const timeline = clock.timeline(background);
  return {
    ...timeline,
    steadyPods: timeline.steadyPods + control,
    phases: timeline.phases.map((phase) => ({ ...phase, stablePods: phase.stablePods + control })),
    pods: timeline.pods.map((sample) => ({ ...sample, stable: sample.stable + control })),
  };
}
