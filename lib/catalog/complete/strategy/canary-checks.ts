import type { Path } from '../../../diagnostic/path';
import { can, STEP_NEEDS, whyNot } from '../../capabilities';
import { countsRequests } from '../../gate-kinds';
import { podShare } from '../../pod-share';
import type { CanaryStrategy, Gate, Step } from '../../service';
import { completeTraffic } from '../objectives';
import { fewestPods, type StrategyScope } from './common';

/** Where a step stands: a preset has one place for all of its steps. */
const placeOf = ({ given }: StrategyScope, index: number): Path =>
  given.steps === undefined ? ['strategy', 'preset'] : ['strategy', 'steps', index];

/** Whether requests, or copies of them, reach the canary from a step on. */
const givesRequests = (step: Step): boolean =>
  (step.kind === 'setWeight' && step.weight > 0) ||
  (step.kind === 'headerRoute' && step.header !== undefined) ||
  (step.kind === 'mirrorRoute' && step.percent !== undefined);

/** The order of the steps: something is tried before all of the traffic moves, and gates are asked only about what there is. */
export function checkSteps(scope: StrategyScope, { steps, background }: CanaryStrategy): void {
  const { context } = scope;
  if (context.refused(['strategy', 'steps'])) return;
  const first = steps.findIndex(givesRequests);
  const tried = first !== -1 || steps.some((step) => step.kind === 'experiment');
  if (steps.length > 0 && !tried) {
    context.fault(
      'CAT032',
      ['strategy', 'steps'],
      'no step gives the canary any traffic: nothing is tried before all of it moves',
      'begin with a small setWeight',
    );
  }
  for (const [i, step] of steps.entries()) {
    if (step.kind !== 'analysis') continue;
    if (i < first) {
      context.fault(
        'CAT032',
        placeOf(scope, i),
        'gates are asked before the canary has traffic',
        'move the analysis behind a setWeight',
      );
    }
    if (first !== -1 && i > first) checkTraffic(scope, steps, i, step.gates);
    checkCompared(scope, weightBefore(steps, i), step.gates, placeOf(scope, i));
  }
  const most = Math.max(0, ...steps.map((step) => (step.kind === 'setWeight' ? step.weight : 0)));
  checkCompared(scope, most, background?.gates ?? [], ['strategy', 'background', 'gates']);
  if (background !== undefined && steps.length > 0 && background.startingStep >= steps.length) {
    context.fault(
      'CAT033',
      ['strategy', 'background', 'startingStep'],
      `step ${background.startingStep} does not exist: the last is ${steps.length - 1}, so the gates would never run`,
      `use at most ${steps.length - 1}`,
    );
  }
}

/** The weight that holds at a step. */
const weightBefore = (steps: readonly Step[], index: number): number =>
  steps
    .slice(0, index)
    .flatMap((step) => (step.kind === 'setWeight' ? [step.weight] : []))
    .at(-1) ?? 0;

/** With all requests at the canary there is nothing to compare it with: the gate would have no answer. */
function checkCompared({ context }: StrategyScope, weight: number, gates: readonly Gate[], path: Path): void {
  for (const gate of gates) {
    if (!gate.relative || weight < 100 || context.refused(['gates', gate.name])) continue;
    context.fault(
      'CAT054',
      path,
      `gate "${gate.name}" compares with the stable version, which gets no requests at 100 %`,
      'ask it at smaller weights only',
    );
  }
}

/** The requests that the canary gets within a window at a step's weight, against what its gates want to have seen. */
function checkTraffic(scope: StrategyScope, steps: readonly Step[], index: number, gates: readonly Gate[]): void {
  const { context } = scope;
  const rps = completeTraffic(context);
  const before = steps.slice(0, index);
  // What a header or a copy brings is not known.
  if (rps === undefined || before.some((step) => step.kind === 'headerRoute' || step.kind === 'mirrorRoute')) return;
  const weight = weightBefore(steps, index);
  for (const gate of gates) {
    if (context.refused(['gates', gate.name], ['traffic'])) continue;
    const seen = Math.floor((rps * weight * gate.windowSeconds) / 100);
    if (countsRequests(gate.kind) && seen < gate.minRequests) {
      const path = placeOf(scope, index);
      context.fault(
        'CAT043',
        path[1] === 'steps' ? [...path, 'analysis'] : path,
        `at ${rps} requests/s and ${weight} % the canary serves about ${seen} requests in ${gate.windowSeconds} s; gate "${gate.name}" wants ${gate.minRequests}, so the release would pause`,
        'raise the weight or the window, or lower minRequests',
      );
    }
  }
}

/** What the router cannot carry out, each with its reason, and in which order its routes can be made. */
export function checkRouter(scope: StrategyScope, { steps, abortScaleDownDelaySeconds }: CanaryStrategy): void {
  const { context, routing } = scope;
  const { router } = routing;
  if (context.refused(['routing', 'router'], ['strategy', 'steps'])) return;
  for (const [i, step] of steps.entries()) {
    const need = STEP_NEEDS[step.kind];
    if (need !== undefined && !can('canary', router, need)) {
      context.fault(
        'CAT051',
        [...placeOf(scope, i), step.kind],
        `the router ${router} cannot carry out "${step.kind}": ${whyNot('canary', router, need)}`,
        'leave the step out, or take another router',
      );
    } else checkStep(scope, steps, i);
  }
  if (
    routing.router === 'gatewayApi' &&
    routing.canaryHeader !== undefined &&
    steps.some(({ kind }) => kind === 'headerRoute')
  ) {
    // rollouts-plugin-trafficrouter-gatewayapi 0.15, pkg/plugin/httproute.go: isHTTPManagedRule.
    context.fault(
      'CAT051',
      ['routing', 'canaryHeader'],
      'at the end of a release the plugin takes every rule that leads to the canary only for one of its own, this one too',
      'keep either canaryHeader or the headerRoute steps',
    );
  }
  if (routing.router === 'istio' && routing.splitting === 'host' && abortScaleDownDelaySeconds > 1) {
    context.fault(
      'CAT071',
      ['strategy', 'abortScaleDownDelaySeconds'],
      `with splitting by host the canary gets requests for up to 10 s after an abort, while its pods stay ${abortScaleDownDelaySeconds} s`,
      'set abortScaleDownDelaySeconds to 1, or split by subset',
    );
  }
}

function checkStep(scope: StrategyScope, steps: readonly Step[], index: number): void {
  const { context } = scope;
  const step = steps[index];
  const before = steps.slice(0, index);
  if (step?.kind === 'experiment') checkExperiment(scope, step, [...placeOf(scope, index), 'experiment']);
  if ((step?.kind === 'headerRoute' || step?.kind === 'mirrorRoute') && isReserved(step.route)) {
    context.fault(
      'CAT069',
      [...placeOf(scope, index), step.kind, 'route'],
      `"${step.route}" is the name of a route that is always there, and Argo Rollouts takes away what its steps made`,
      'give the route another name',
    );
  }
  const makesRoute =
    (step?.kind === 'headerRoute' && step.header !== undefined) ||
    (step?.kind === 'mirrorRoute' && step.percent !== undefined);
  // Argo Rollouts 1.9.1, rollout/trafficrouting.go: the route of the first step is made while there is no pod behind it.
  const hasPods = before.some(
    (one) =>
      (one.kind === 'setWeight' && one.weight > 0) ||
      (one.kind === 'canaryScale' && (one.scale.kind !== 'replicas' || one.scale.replicas > 0)),
  );
  if (makesRoute && !hasPods) {
    context.fault(
      'CAT032',
      placeOf(scope, index),
      'the route is made before the canary has a pod: requests would fail until one is ready',
      'put { "canaryScale": { "replicas": 1 } } or a setWeight before it',
    );
  }
}

function checkExperiment(
  { context, routing }: StrategyScope,
  step: Extract<Step, { readonly kind: 'experiment' }>,
  path: Path,
): void {
  if (routing.router === 'none' && step.weight !== undefined) {
    context.fault(
      'CAT051',
      [...path, 'weight'],
      'without a router an experiment has no weight: its pods get as much as any other pod',
      'leave it out',
    );
  }
  if (routing.router !== 'istio') return;
  if (step.weight === undefined) {
    context.fault(
      'CAT051',
      path,
      'baseline and canary would get no requests: the router sends none to pods that are in no subset',
      'set its weight',
    );
  }
  // Argo Rollouts 1.9.1, istio.go: patchVirtualService; experiments/experiment.go: createTemplateService.
  const { name, protocol } = routing.port;
  const told = protocol === 'http' || name === protocol || name.startsWith(`${protocol}-`);
  if (Object.values(context.settings.ports ?? {}).filter((port) => port !== null).length === 1 && told) return;
  context.fault(
    'CAT051',
    path,
    `Argo Rollouts makes the Services and routes of an experiment with the names of the container's ports and without a port to send to: Istio would not know ${told ? 'which of the ports is meant' : `that "${name}" speaks ${protocol}`}`,
    told ? 'leave the experiment out, or give the service one port' : `call the port ${protocol}`,
  );
}

/** The routes that are rendered; one that a step makes must never be called like them (P5). */
const isReserved = (route: string): boolean => /^(primary|canary-header|port-.*)$/.test(route);

/** After setCanaryScale with a number, Argo Rollouts moves weights without adding pods (P13). */
export function checkScale(scope: StrategyScope, { steps }: CanaryStrategy): void {
  const { context } = scope;
  if (context.refused(['strategy', 'steps'], ['replicas'], ['autoscaling'])) return;
  const pods = fewestPods(scope.scale);
  let fixed: number | undefined;
  for (const [i, step] of steps.entries()) {
    if (step.kind === 'canaryScale') {
      if (step.scale.kind === 'percent' && scope.scale.kind === 'autoscaled') {
        context.fault(
          'CAT059',
          [...placeOf(scope, i), 'canaryScale'],
          'the autoscaler counts stable and canary pods together, so that a share of them swings (argo-rollouts#4847)',
          'use replicas, or matchWeight',
        );
      }
      fixed =
        step.scale.kind === 'replicas'
          ? step.scale.replicas
          : step.scale.kind === 'percent'
            ? Math.ceil((pods * step.scale.percent) / 100)
            : undefined;
    }
    if (step.kind !== 'setWeight' || fixed === undefined) continue;
    if (step.weight * pods > fixed * 100) {
      context.fault(
        'CAT059',
        [...placeOf(scope, i), 'setWeight'],
        `${step.weight} % of the requests would meet ${fixed} of ${pods} pods: after canaryScale a weight adds no pods`,
        'put { "canaryScale": { "matchWeight": true } } before it',
      );
    }
  }
}

/** How far a share by pods may be from what is asked, in percentage points. */
const TOLERANCE_POINTS = 5;

/** Without a router the share is what whole pods give. */
export function checkPodWeights(scope: StrategyScope, { steps, maxSurge }: CanaryStrategy): void {
  const { context, routing } = scope;
  if (routing.router !== 'none' || context.refused(['strategy', 'steps'], ['replicas'], ['autoscaling'])) return;
  const pods = fewestPods(scope.scale);
  for (const [i, step] of steps.entries()) {
    if (step.kind !== 'setWeight') continue;
    const { canary, total } = podShare(pods, step.weight, maxSurge);
    const share = total === 0 ? 0 : (100 * canary) / total;
    if (Math.abs(share - step.weight) <= TOLERANCE_POINTS) continue;
    context.fault(
      'CAT052',
      given(scope, i),
      `${step.weight} % becomes ${Math.round(share)} %: ${canary} of ${total} pods; ${pods} pods give shares in steps of ${Math.round(100 / pods)} %`,
      `ask for ${Math.round(share)}, raise replicas, or take a router that splits requests`,
    );
  }
}

const given = (scope: StrategyScope, index: number): Path =>
  scope.given.steps === undefined ? placeOf(scope, index) : [...placeOf(scope, index), 'setWeight'];
