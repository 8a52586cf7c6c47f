import type { Path } from '../../diagnostic/path';
import { BUILT_IN } from '../built-in';
import type { Objectives } from '../service';
import type { Context } from './context';

/** Log-normal latencies of services have a median of about a third of their 95th percentile. */
const MEDIAN_SHARE = 1 / 3;

/** The objectives of a service; what must be stopped has to be worse than what is normal. */
export function completeObjectives(context: Context): Objectives {
  const given = { ...BUILT_IN.objectives, ...context.settings.objectives };
  const { latencySeconds, medianLatencySeconds, maxLatencySeconds, errorRate, maxErrorRate } = given;
  checkOrder(context, 'errorRate', 'maxErrorRate');
  checkOrder(context, 'latencySeconds', 'maxLatencySeconds');
  checkOrder(context, 'medianLatencySeconds', 'latencySeconds');
  return {
    errorRate,
    maxErrorRate,
    latency:
      latencySeconds === undefined
        ? undefined
        : { medianSeconds: medianLatencySeconds ?? latencySeconds * MEDIAN_SHARE, p95Seconds: latencySeconds },
    maxLatencySeconds,
    falseAlarmRisk: given.falseAlarmRisk,
    missRisk: given.missRisk,
    promotionSeconds: given.promotionSeconds,
    maxExtraPods: given.maxExtraPods,
  };
}

/** The requests a second that the gates can count on; undefined where nothing is said. */
export function completeTraffic({ settings: { traffic } }: Context): number | undefined {
  const { requestsPerSecond, requestsPerSecondByHour } = traffic ?? {};
  return requestsPerSecond ?? (requestsPerSecondByHour && Math.min(...requestsPerSecondByHour));
}

/** Whether what must be stopped is no worse than what is normal; that is told already. */
export const isContradictory = ({ errorRate, maxErrorRate, latency, maxLatencySeconds }: Objectives): boolean =>
  (errorRate !== undefined && maxErrorRate !== undefined && maxErrorRate <= errorRate) ||
  (latency !== undefined && maxLatencySeconds !== undefined && maxLatencySeconds <= latency.p95Seconds);

type Field = 'errorRate' | 'maxErrorRate' | 'latencySeconds' | 'maxLatencySeconds' | 'medianLatencySeconds';

function checkOrder(context: Context, low: Field, high: Field): void {
  const { [low]: less, [high]: more } = context.settings.objectives ?? {};
  const path: Path = ['objectives', high];
  if (less === undefined || more === undefined || more > less || context.refused(path, ['objectives', low])) return;
  context.fault('CAT090', path, `${high} ${more} is not above ${low} ${less}`, `raise ${high}, or lower ${low}`);
}
