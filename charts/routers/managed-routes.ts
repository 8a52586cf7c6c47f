import type { Strategy } from '../../lib/catalog/service';

/** The routes that the steps of a canary make and take away, in the order in which they first appear; no other is ever listed (P5). */
export function managedRoutes(strategy: Strategy): readonly string[] {
  if (strategy.kind !== 'canary') return [];
  const names = strategy.steps.flatMap((step) =>
    step.kind === 'headerRoute' || step.kind === 'mirrorRoute' ? [step.route] : [],
  );
  return [...new Set(names)];
}

/** The field of traffic routing; Argo Rollouts reads an empty list as well as none. */
export function managedRoutesOf(strategy: Strategy) {
  const names = managedRoutes(strategy);
  return names.length === 0 ? {} : { managedRoutes: names.map((name) => ({ name })) };
}

/** Whether the release adds destinations of an experiment to the routes. */
export const hasWeightedExperiment = (strategy: Strategy): boolean =>
  strategy.kind === 'canary' && strategy.steps.some((step) => step.kind === 'experiment' && step.weight !== undefined);
