import { COMPARED_BY } from './comparison';
import type { RegressionPlan } from './detection';
import type { PlanScope, ReleasePlan } from './release-plan';

/** The plans of all services of one environment, with what they come to together. */
export interface EnvironmentPlan {
  readonly environment: string;
  readonly plans: readonly ReleasePlan[];
  readonly totals: Totals;
}

/** Sums over releases, as if every service were released once, one after the other. */
export interface Totals {
  readonly services: number;
  /** Of the slowest release. */
  readonly longestPromotionSeconds: number;
  /** Pods of the steady state. */
  readonly steadyPods: number;
  /** The most pods above it if all releases went on at once. */
  readonly extraPodsAtOnce: number;
  readonly extraPodSeconds: number;
  /** Releases that wait for a person. */
  readonly waiting: number;
  /** Requests that fail if every release has the regression that strategies are compared by; undefined where no traffic is known. */
  readonly failedRequests: number | undefined;
  /** Services that such a release of is caught before 100 % in fewer than 95 of 100 cases. */
  readonly missed: number;
  /** Services whose traffic the catalog does not say. */
  readonly withoutTraffic: number;
}

export function environmentPlan(
  { environment }: Pick<PlanScope, 'environment'>,
  plans: readonly ReleasePlan[],
): EnvironmentPlan {
  const sum = (of: (plan: ReleasePlan) => number): number => plans.reduce((total, plan) => total + of(plan), 0);
  const compared = plans.flatMap(({ detection }) => detection?.regressions.filter(isCompared) ?? []);
  return {
    environment: environment.name,
    plans,
    totals: {
      services: plans.length,
      longestPromotionSeconds: Math.max(0, ...plans.map((plan) => plan.promotionSeconds.median)),
      steadyPods: sum(({ pods }) => pods.steady),
      extraPodsAtOnce: sum(({ pods }) => pods.peak - pods.steady),
      extraPodSeconds: sum(({ pods }) => pods.extraPodSeconds),
      waiting: plans.filter(({ waitsForPerson }) => waitsForPerson > 0).length,
      failedRequests:
        compared.length === 0 ? undefined : compared.reduce((total, one) => total + one.failedRequests.mean, 0),
      missed: compared.filter(({ caughtBeforeAll }) => caughtBeforeAll < WANTED_SHARE).length,
      withoutTraffic: plans.filter(({ requestsPerSecond }) => requestsPerSecond === undefined).length,
    },
  };
}

const WANTED_SHARE = 0.95;

const isCompared = ({ regression }: RegressionPlan): boolean =>
  regression.kind === COMPARED_BY.kind && regression.points === COMPARED_BY.points;
