import { canary } from '../example';
import { hasAt, type KubeObject, listAt, textAt } from '../object';
import { inStep, type RouterName, routersOf, STEPS, type StepAt, stepsOf } from '../rollout';
import type { ManifestRule, ReportObject } from '../rule';

const header = (headerValue: object, router: object = { plugins: { a: {} } }) =>
  canary({
    trafficRouting: { ...router, managedRoutes: [{ name: 'beta' }] },
    steps: [{ setHeaderRoute: { name: 'beta', match: [{ headerName: 'x', headerValue }] } }],
  });
const PATH = `${STEPS}[0].setHeaderRoute.match[0].headerValue`;

export const routeMatch: ManifestRule = {
  code: 'MAN023',
  severity: 'error',
  title: 'A match of a header or mirror route that says nothing, or two things: InvalidSpec',
  reason: 'A value is matched in exactly one way: exact, prefix or regex. An ALB can match exact values only.',
  hint: 'give exactly one of exact, prefix and regex; for an ALB give exact',
  source:
    'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation.go: hasMultipleMatchValues, hasALBInvalidValues (P7)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: [header({})], paths: [PATH] },
      { objects: [header({ exact: 'a', prefix: 'b' })], paths: [PATH] },
    ],
    good: [[header({ exact: 'a' })], [header({ regex: 'a.*' })]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      const routers = routersOf(object);
      for (const at of stepsOf(object)) checkStep(object, at, routers, report);
    }
  },
};

function checkStep(object: KubeObject, at: StepAt, routers: readonly RouterName[], report: ReportObject): void {
  const tell = (wrong: string | undefined, ...path: readonly (string | number)[]): void => {
    if (wrong !== undefined) report(object, inStep(at, ...path), wrong);
  };
  for (const [i, match] of listAt(at.step, 'setHeaderRoute.match').entries()) {
    const wrong = routers.includes('alb') ? faultForAlb(match) : faultOf(match, 'headerValue');
    tell(wrong, 'setHeaderRoute', 'match', i, 'headerValue');
  }
  for (const [i, match] of listAt(at.step, 'setMirrorRoute.match').entries()) {
    for (const field of ['method', 'path']) {
      if (hasAt(match, field)) tell(faultOf(match, field), 'setMirrorRoute', 'match', i, field);
    }
  }
}

function faultOf(match: unknown, field: string): string | undefined {
  const given = ['exact', 'prefix', 'regex'].filter((way) => textAt(match, `${field}.${way}`));
  if (given.length === 1) return undefined;
  return given.length === 0 ? 'no value is given to match' : `${given.join(' and ')} are given together`;
}

function faultForAlb(match: unknown): string | undefined {
  const other = ['prefix', 'regex'].find((way) => textAt(match, `headerValue.${way}`));
  if (other !== undefined) return `an ALB cannot match by ${other}`;
  return textAt(match, 'headerValue.exact') ? undefined : 'no exact value is given to match';
}
