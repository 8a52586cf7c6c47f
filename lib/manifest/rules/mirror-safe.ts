import { fieldAt, hasAt, listAt } from '../object';
import { inStep, STEPS, stepsOf } from '../rollout';
import type { ManifestRule } from '../rule';
import { subsetCanary } from '../served-example';

const routed = (match: readonly object[]) =>
  subsetCanary({
    routes: ['primary'],
    managedRoutes: [{ name: 'm' }],
    steps: [{ setMirrorRoute: { name: 'm', percentage: 10, match } }],
  });

export const mirrorSafe: ManifestRule = {
  code: 'MAN130',
  severity: 'warning',
  title: 'Requests that change something are mirrored too: they are carried out twice',
  reason:
    'A mirrored request is a whole request: the canary books the order, sends the mail and writes the row again. Only the answer is thrown away.',
  hint: 'match on a method that changes nothing: `method: {exact: GET}`',
  source:
    'Argo Rollouts 1.9.1, rollout/trafficrouting/istio/istio.go: createMirrorRoute; Istio 1.30: HTTPRoute.mirror (P6)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [{ objects: routed([{ path: { prefix: '/' } }]), paths: [`${STEPS}[0].setMirrorRoute.match[0]`] }],
    good: [routed([{ method: { exact: 'GET' }, path: { prefix: '/' } }])],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      for (const at of stepsOf(object)) {
        for (const [i, match] of listAt(at.step, 'setMirrorRoute.match').entries()) {
          if (hasAt(match, 'method.regex') || isSafe(fieldAt(match, 'method.exact'))) continue;
          report(object, inStep(at, 'setMirrorRoute', 'match', i), 'it mirrors requests of every method');
        }
      }
    }
  },
};

const isSafe = (method: unknown): boolean => method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
