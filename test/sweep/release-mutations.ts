import { fieldAt, hasAt, type KubeObject, listAt, numberAt } from '../../lib/manifest/object';
import { change, has, isKind, type Mutation, put } from './mutate';

const CANARY = 'spec.strategy.canary';
const STEPS = `${CANARY}.steps`;

/** Breaks a Rollout that has what the path leads to. */
const rollout = (name: string, code: string, needs: string, edit: (copy: KubeObject) => void): Mutation => ({
  name,
  code,
  breaks: (objects) => change(objects, has('Rollout', needs), edit),
});

/** Breaks a step with the action. */
const step = (name: string, code: string, action: string, edit: (step: unknown) => void): Mutation => {
  const find = (object: KubeObject) => listAt(object, STEPS).find((one) => hasAt(one, action));
  const fits = (object: KubeObject) => object.kind === 'Rollout' && find(object) !== undefined;
  return { name, code, breaks: (objects) => change(objects, fits, (copy) => edit(find(copy))) };
};

/** Breaks the first metric that fits. */
const metric = (
  name: string,
  code: string,
  edit: (metric: unknown) => void,
  fits: (metric: unknown) => boolean = () => true,
): Mutation => {
  const find = (object: KubeObject) => listAt(object, 'spec.metrics').find(fits);
  const has = (object: KubeObject) => object.kind === 'AnalysisTemplate' && find(object) !== undefined;
  return { name, code, breaks: (objects) => change(objects, has, (copy) => edit(find(copy))) };
};

const counted = (metric: unknown): boolean => (numberAt(metric, 'count') ?? 0) > 1;

/** What Argo Rollouts would refuse, or let pass. */
export const RELEASE_MUTATIONS: readonly Mutation[] = [
  rollout('no strategy', 'MAN010', 'spec.strategy', (one) => put(one, 'spec.strategy', {})),
  rollout('nothing may be replaced', 'MAN011', `${CANARY}.maxSurge`, (one) => {
    put(one, `${CANARY}.maxSurge`, 0);
    put(one, `${CANARY}.maxUnavailable`, '0%');
  }),
  rollout('a deadline before readiness', 'MAN012', 'spec.strategy', (one) => {
    put(one, 'spec.minReadySeconds', 30);
    put(one, 'spec.progressDeadlineSeconds', 30);
  }),
  rollout('a selector of other pods', 'MAN013', 'spec.selector', (one) =>
    put(one, 'spec.selector.matchLabels.other', 'pods'),
  ),
  rollout('one Service for both versions', 'MAN014', `${CANARY}.canaryService`, (one) =>
    put(one, `${CANARY}.stableService`, fieldAt(one, `${CANARY}.canaryService`)),
  ),
  rollout('a gate that begins too late', 'MAN045', `${CANARY}.analysis.startingStep`, (one) =>
    put(one, `${CANARY}.analysis.startingStep`, 99),
  ),
  step('two things at once', 'MAN019', 'setWeight', (one) => put(one, 'pause', { duration: '30s' })),
  step('more than all', 'MAN020', 'setWeight', (one) => put(one, 'setWeight', 101)),
  step('a pause of a day', 'MAN021', 'pause.duration', (one) => put(one, 'pause.duration', '1d')),
  step('arguments that nobody gives', 'MAN042', 'analysis.args', (one) => put(one, 'analysis.args', [])),
  {
    name: 'a route without its name',
    code: 'MAN028',
    breaks: (objects) =>
      objects.some((one) => hasAt(one, `${CANARY}.trafficRouting.istio`))
        ? change(objects, has('VirtualService', 'spec.http'), (one) => {
            for (const route of listAt(one, 'spec.http')) put(route, 'name', undefined);
          })
        : undefined,
  },
  metric('no provider', 'MAN039', (one) => put(one, 'provider', {})),
  metric('several measurements at once', 'MAN040', (one) => put(one, 'interval', undefined), counted),
  metric('every failure forgiven', 'MAN041', (one) => put(one, 'failureLimit', fieldAt(one, 'count')), counted),
  metric('a condition that is none', 'MAN046', (one) => put(one, 'successCondition', 'result[0] >=')),
  metric('a condition that says yes', 'MAN049', (one) => {
    put(one, 'successCondition', 'len(result) >= 0');
    put(one, 'failureCondition', undefined);
  }),
  {
    name: 'no metrics',
    code: 'MAN039',
    breaks: (objects) => change(objects, isKind('AnalysisTemplate'), (one) => put(one, 'spec.metrics', [])),
  },
];
