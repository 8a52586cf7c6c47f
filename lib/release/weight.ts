import { type ClusterState, inProgress, isObserved } from './cluster-state';
import type { RolloutFacts } from './read/rollout';
import type { RouteKind, SplitFacts } from './read/routing';

/** Shares of requests that the new version has, in %. */
export interface WeightState {
  /** What the step that is reached asks for. */
  readonly asked: number;
  /** What the controller last set, by its own status; undefined where no router splits. */
  readonly set: number | undefined;
  /** What the router's object sends to the new version; undefined where it was not read. */
  readonly routed: number | undefined;
  /** The kind of that object. */
  readonly router: RouteKind | undefined;
}

/** The weight of the new version, where a release is in flight or was aborted. */
export function weightOf(state: ClusterState): WeightState | undefined {
  const { rollout } = state;
  if (rollout.strategy !== 'canary') return undefined;
  return {
    asked: askedWeight(rollout),
    set: rollout.canaryWeight,
    routed: routedWeight(state),
    router: rollout.route?.kind,
  };
}

/**
 * The last weight up to the step that is reached; 100 after the last one and 0 before the first (Argo Rollouts 1.9.1,
 * utils/replicaset/canary.go, GetCurrentSetWeight).
 */
function askedWeight(rollout: RolloutFacts): number {
  if (rollout.aborted || !inProgress(rollout) || !isObserved(rollout)) return 0;
  const index = rollout.stepIndex ?? 0;
  if (index >= rollout.steps.length) return 100;
  for (const step of rollout.steps.slice(0, index + 1).reverse()) if (step.kind === 'setWeight') return step.weight;
  return 0;
}

/** The largest share of those rules that share requests out: where they differ, somebody else has written one of them. */
function routedWeight({ rollout, route: object }: ClusterState): number | undefined {
  const { route } = rollout;
  if (object === undefined || route === undefined) return undefined;
  const { rules, canary } = route;
  const isCanary = ({ host, subset }: SplitFacts['destinations'][number]): boolean =>
    'subset' in canary
      ? subset === canary.subset
      : canary.service !== undefined && host.split('.')[0] === canary.service;
  const shares = object.splits
    .filter(({ name }) => rules.length === 0 || rules.includes(name))
    .filter(({ destinations }) => destinations.some(isCanary))
    .map(({ destinations }) => {
      const sum = (all: SplitFacts['destinations']): number => all.reduce((total, { weight }) => total + weight, 0);
      return Math.round((100 * sum(destinations.filter(isCanary))) / Math.max(1, sum(destinations)));
    });
  return shares.length === 0 ? undefined : Math.max(...shares);
}
