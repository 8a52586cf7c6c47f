import { canary } from '../example';
import { fieldAt, hasAt, listAt, textAt } from '../object';
import { inStep, ROUTING, STEPS, stepsOf } from '../rollout';
import type { ManifestRule } from '../rule';

const ROUTE_STEPS = ['setHeaderRoute', 'setMirrorRoute'] as const;
const PATH = `${ROUTING}.managedRoutes`;
const header = (name: string) => ({
  setHeaderRoute: { name, match: [{ headerName: 'x', headerValue: { exact: 'y' } }] },
});
const routed = (managedRoutes: unknown, ...steps: readonly object[]) =>
  canary({ trafficRouting: { plugins: { a: {} }, ...(managedRoutes === undefined ? {} : { managedRoutes }) }, steps });

export const managedRoutes: ManifestRule = {
  code: 'MAN022',
  severity: 'error',
  title: 'A step sets a route that managedRoutes does not list: InvalidSpec',
  reason:
    'The controller adds and removes only routes that managedRoutes lists, in that order and above all others, so that it never touches one that was made by hand.',
  hint: 'list the name of every setHeaderRoute and setMirrorRoute in trafficRouting.managedRoutes',
  source:
    'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation.go: ValidateStepRouteFoundInManagedRoute (P5); measured (setHeaderRoute-without-managedRoutes)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: [routed(undefined, header('beta'))], paths: [PATH] },
      { objects: [routed([{ name: 'alpha' }], header('beta'))], paths: [`${STEPS}[0].setHeaderRoute.name`] },
    ],
    good: [[routed([{ name: 'beta' }], header('beta'))]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      if (!hasAt(object, ROUTING)) continue;
      const known = new Set(listAt(object, PATH).map((route) => textAt(route, 'name')));
      for (const at of stepsOf(object)) {
        for (const field of ROUTE_STEPS) {
          const name = textAt(fieldAt(at.step, field), 'name');
          if (name === undefined || known.has(name)) continue;
          const listed = hasAt(object, PATH);
          report(object, listed ? inStep(at, field, 'name') : PATH, `managedRoutes does not list "${name}"`);
        }
      }
    }
  },
};
