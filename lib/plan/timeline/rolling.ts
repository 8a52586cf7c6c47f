import type { RollingStrategy, Service } from '../../catalog/service';
import { Clock } from './clock';
import { exchange } from './exchange';
import type { Timeline } from './model';

/** Pods are exchanged a few at a time; the new version answers the share of its pods. */
export function rollingTimeline(service: Service, strategy: RollingStrategy): Timeline {
  const clock = new Clock(service);
  exchange(clock, service, strategy, { canary: clock.steadyPods, stable: 0 }, { label: 'pods are exchanged' });
  const background = strategy.background && { ...strategy.background, fromSeconds: 0, toSeconds: clock.now };
  clock.promoted();
  clock.pass('tail', service.shutdown.preStopSeconds, { label: 'old pods end' });
  return clock.timeline(background);
}
