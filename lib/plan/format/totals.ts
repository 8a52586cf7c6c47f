import type { EnvironmentPlan } from '../platform-plan';
import { count, duration } from './numbers';

/** What the plans of an environment come to, in sentences. */
export function totalsOf({ totals }: EnvironmentPlan): readonly string[] {
  const { services, steadyPods, extraPodsAtOnce, longestPromotionSeconds, waiting, withoutTraffic } = totals;
  return [
    `${services} ${services === 1 ? 'service' : 'services'}, ${count(steadyPods)} pods; if all were released at once, ${count(extraPodsAtOnce)} pods more`,
    `longest promotion ${duration(longestPromotionSeconds)}; ${waiting} wait for a person`,
    ...(totals.failedRequests === undefined
      ? []
      : [
          `if each release failed 10 points more of its requests: ${count(totals.failedRequests)} failed requests, ${totals.missed} not stopped before 100 % in 95 of 100 cases`,
        ]),
    ...(withoutTraffic > 0
      ? [`${withoutTraffic} without traffic.requestsPerSecond: no request is counted for them`]
      : []),
  ];
}
