type Planner = typeof import('../../plan/for-catalog');

let loaded: Planner | undefined;

/** The mathematics of gates, loaded once, and only for a service that states what it expects of them. */
export function planner(): Planner {
  loaded ??= require('../../plan/for-catalog') as Planner;
  return loaded;
}
