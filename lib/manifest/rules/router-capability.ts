import { canary } from '../example';
import { hasAt, type KubeObject, listAt } from '../object';
import {
  inStep,
  MAX_TRAFFIC_WEIGHT,
  ROUTING,
  type RouterName,
  routersOf,
  STEPS,
  type StepAt,
  stepsOf,
} from '../rollout';
import type { ManifestRule, ReportObject } from '../rule';

const steps = (step: object, trafficRouting: object = {}) => canary({ trafficRouting, steps: [step] });
const header = { setHeaderRoute: { name: 'beta', match: [{ headerName: 'x', headerValue: { exact: 'y' } }] } };

/** Which routers can do what a step asks for. */
const CAPABLE = {
  setHeaderRoute: ['istio', 'alb', 'apisix', 'plugins'],
  setMirrorRoute: ['istio'],
  experiment: ['alb', 'smi', 'istio', 'plugins'],
  maxTrafficWeight: ['nginx', 'plugins'],
} as const satisfies Readonly<Record<string, readonly RouterName[]>>;

export const routerCapability: ManifestRule = {
  code: 'MAN018',
  severity: 'error',
  title: 'A router is asked for what it cannot do: InvalidSpec',
  reason: 'Not every router can route by header, mirror, split to experiments or count in other units than percent.',
  hint: 'take a router that can, or remove the step',
  source: 'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation.go: ValidateRolloutStrategyCanary (P12)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: [canary({ steps: [header] })], paths: [`${STEPS}[0].setHeaderRoute`] },
      {
        objects: [steps({ setMirrorRoute: { name: 'm' } }, { plugins: { a: {} }, managedRoutes: [{ name: 'm' }] })],
        paths: [`${STEPS}[0].setMirrorRoute`],
      },
      {
        objects: [steps({ setWeight: 10 }, { plugins: undefined, istio: undefined, maxTrafficWeight: 1000 })],
        paths: [`${ROUTING}.maxTrafficWeight`],
      },
    ],
    good: [
      [steps(header, { plugins: { a: {} }, managedRoutes: [{ name: 'beta' }] })],
      [steps({ setWeight: 500 }, { plugins: { a: {} }, maxTrafficWeight: 1000 })],
    ],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      const routers = routersOf(object);
      // Istio can do everything.
      if (!STEP_FIELDS.every((field) => can(routers, field)) || !can(routers, 'experiment'))
        for (const at of stepsOf(object)) checkStep(object, at, routers, report);
      if (hasAt(object, MAX_TRAFFIC_WEIGHT) && !can(routers, 'maxTrafficWeight')) {
        report(object, MAX_TRAFFIC_WEIGHT, told(routers, 'maxTrafficWeight', 'take maxTrafficWeight'));
      }
    }
  },
};

const STEP_FIELDS = ['setHeaderRoute', 'setMirrorRoute'] as const;

function checkStep(object: KubeObject, at: StepAt, routers: readonly RouterName[], report: ReportObject): void {
  for (const field of STEP_FIELDS) {
    if (hasAt(at.step, field) && !can(routers, field))
      report(object, inStep(at, field), told(routers, field, `do ${field}`));
  }
  if (!hasAt(object, ROUTING) || can(routers, 'experiment')) return;
  for (const [i, template] of listAt(at.step, 'experiment.templates').entries()) {
    if (!hasAt(template, 'weight')) continue;
    const path = inStep(at, 'experiment', 'templates', i, 'weight');
    report(object, path, told(routers, 'experiment', 'give an experiment a weight'));
  }
}

const can = (routers: readonly RouterName[], what: keyof typeof CAPABLE): boolean =>
  routers.some((router) => CAPABLE[what].some((one) => one === router));

const told = (routers: readonly RouterName[], what: keyof typeof CAPABLE, doing: string): string =>
  `${routers.length === 0 ? 'without a router nothing' : `${routers.join(' and ')} cannot`}${routers.length === 0 ? ' can' : ''} ${doing}; ${CAPABLE[what].join(', ')} can`;
