import { type ClusterState, inProgress, isObserved } from './cluster-state';
import type { RolloutFacts } from './read/rollout';

/** Shares of requests that the new version has, in %. */
export interface WeightState {
  /** What the step that is reached asks for. */
  readonly asked: number;
  /** What the controller last set, by its own status; undefined where no router splits. */
  readonly set: number | undefined;
  /** What the VirtualService sends to the new version; undefined where it was not read. */
  readonly routed: number | undefined;
}

/** The weight of the new version, where a release is in flight or was aborted. */
export function weightOf(state: ClusterState): WeightState | undefined {
  const { rollout } = state;
  if (rollout.strategy !== 'canary') return undefined;
  return { asked: askedWeight(rollout), set: rollout.canaryWeight, routed: routedWeight(state) };
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

function routedWeight({ rollout, virtualService }: ClusterState): number | undefined {
  if (virtualService === undefined || rollout.virtualService === undefined) return undefined;
  const { routes: names } = rollout.virtualService;
  const split = virtualService.routes.filter(({ name }) => names.length === 0 || names.includes(name));
  const toCanary = split
    .flatMap(({ destinations }) => destinations)
    .filter(({ host, subset }) =>
      rollout.destinationRule === undefined
        ? rollout.services.canary !== undefined && host.split('.')[0] === rollout.services.canary
        : subset === rollout.destinationRule.canary,
    );
  return toCanary.length === 0 ? undefined : Math.max(...toCanary.map(({ weight }) => weight ?? 0));
}
