import { ROUTERS } from './kinds';
import type { RouterKind, Step, StrategyKind } from './service';

/** What a strategy can do on a router, in the words of documents. */
export const CAPABILITIES = {
  weights: 'shares of requests, exact',
  podWeights: 'shares of requests by the number of pods',
  commitWeights: 'shares of requests, moved by commit',
  header: 'a header leads to the new version',
  cookie: 'a cookie leads to a version',
  sticky: 'a user stays in the version of the first contact',
  headerRoute: 'header routes at a step',
  mirror: 'copies of requests at a step',
  canaryScale: 'the number of canary pods at a step',
  experiment: 'baseline and canary side by side at a step',
  preview: 'the new version has an address of its own before it gets users',
  background: 'gates beside the whole release',
  abort: 'a gate that fails takes all requests back, without a commit',
} as const satisfies Readonly<Record<string, string>>;
export type Capability = keyof typeof CAPABILITIES;

/** A pair that is rendered, with what it can do, or one that is refused, with the reason. */
export type Pair = { readonly can: readonly Capability[] } | { readonly refused: string };

const TARGET_GROUPS = 'two permanent target groups carry two whole versions: use blueGreen';

/** Every strategy on every router; a pair without a line does not compile. The rules, the README and the documents are derived from it. */
export const PAIRS: { readonly [S in StrategyKind]: { readonly [R in RouterKind]: Pair } } = {
  rolling: {
    istio: { can: ['background', 'abort'] },
    alb: { can: ['background', 'abort'] },
    albTargetGroups: { refused: TARGET_GROUPS },
    gatewayApi: { can: ['background', 'abort'] },
    none: { can: ['background', 'abort'] },
  },
  blueGreen: {
    istio: { can: ['preview', 'header', 'abort'] },
    // P30: argo-rollouts docs (ALB), AR#4834, #4259, LBC#4204.
    alb: {
      refused:
        'when the active Service is switched its target group has no healthy target until the new pods are registered: use albTargetGroups',
    },
    albTargetGroups: { can: ['preview', 'commitWeights', 'background'] },
    gatewayApi: { can: ['preview', 'header', 'abort'] },
    none: { can: ['preview', 'abort'] },
  },
  canary: {
    istio: {
      can: ['weights', 'header', 'headerRoute', 'mirror', 'canaryScale', 'experiment', 'background', 'abort'],
    },
    alb: { can: ['weights', 'headerRoute', 'canaryScale', 'background', 'abort'] },
    albTargetGroups: { refused: TARGET_GROUPS },
    gatewayApi: { can: ['weights', 'header', 'headerRoute', 'canaryScale', 'background', 'abort'] },
    none: { can: ['podWeights', 'experiment', 'background', 'abort'] },
  },
  abTest: {
    istio: { can: ['weights', 'header', 'cookie', 'sticky', 'background'] },
    alb: { can: ['weights', 'header', 'sticky', 'background'] },
    albTargetGroups: { refused: TARGET_GROUPS },
    gatewayApi: { can: ['header', 'background'] },
    none: { refused: 'nothing chooses a variant: a Service picks any pod' },
  },
};

/** Why a capability is missing, where that is not obvious. */
export const MISSING: Readonly<Record<string, string>> = {
  // Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation.go: "SetMirrorRoute requires TrafficRouting, supports Istio only".
  mirror: 'only Istio copies requests',
  'canary/alb/header':
    'a rule of the load balancer can lead to the Service that is the canary now only while a release writes it: use a headerRoute step',
  'canary/alb/experiment':
    'the Services of an experiment are made together with its pods, so that their targets are not yet registered when they get requests',
  'canary/gatewayApi/experiment': 'the plugin would add Services to the HTTPRoute, which Argo CD would take for drift',
  'canary/none/headerRoute': 'a Service cannot look at headers',
  'canary/none/header': 'a Service cannot look at headers',
  'canary/none/canaryScale': 'without a router the pods are the weight',
  'blueGreen/none/header': 'a Service cannot look at headers; the preview has a Service of its own',
  'blueGreen/albTargetGroups/abort':
    'both colours stay up, and going back is a commit of the weights, or a variable of Terraform',
  'blueGreen/albTargetGroups/header': 'give the other colour some weight, or ask its own Service',
  'abTest/alb/cookie':
    'the load balancer compares the whole Cookie header with a few patterns, which do not tell one cookie among others exactly',
  'abTest/gatewayApi/cookie':
    'matching a cookie needs regular expressions, which the Gateway API leaves to the implementation',
  'abTest/gatewayApi/sticky':
    'setting a cookie for one of two backends is left to the implementation by the Gateway API',
};

/** Which controller a router needs, at which version it was made for, and how fast an abort reaches the last request. */
export const ROUTER_FACTS: {
  readonly [R in RouterKind]: { readonly title: string; readonly needs: string; readonly splitsBy: string };
} = {
  istio: { title: 'Istio', needs: 'Istio 1.30', splitsBy: 'proxies, in the mesh and at the gateway' },
  alb: {
    title: 'AWS ALB, weighted by the release',
    needs: 'AWS Load Balancer Controller 3.5',
    splitsBy: 'the load balancer; callers in the cluster by pod count',
  },
  albTargetGroups: {
    title: 'AWS ALB, two permanent target groups',
    needs: 'AWS Load Balancer Controller 3.5, or Terraform with the AWS provider 5',
    splitsBy: 'the load balancer; callers in the cluster get the colour with more weight',
  },
  gatewayApi: {
    title: 'Gateway API',
    needs: 'Gateway API 1.6 and the plugin argoproj-labs/gatewayAPI 0.15',
    splitsBy: 'the gateway; callers in the cluster by pod count',
  },
  none: { title: 'no router', needs: 'nothing', splitsBy: 'kube-proxy, by pod count' },
};

/** What a kind of step takes; a step that every canary can do takes nothing. */
export const STEP_NEEDS: { readonly [K in Step['kind']]: Capability | undefined } = {
  setWeight: undefined,
  pause: undefined,
  analysis: undefined,
  canaryScale: 'canaryScale',
  headerRoute: 'headerRoute',
  mirrorRoute: 'mirror',
  experiment: 'experiment',
};

/** Whether a strategy can do something on a router. */
export function can(strategy: StrategyKind, router: RouterKind, capability: Capability): boolean {
  const pair = PAIRS[strategy][router];
  return 'can' in pair && pair.can.includes(capability);
}

/** Why it cannot, in words. */
export function whyNot(strategy: StrategyKind, router: RouterKind, capability: Capability): string {
  return MISSING[`${strategy}/${router}/${capability}`] ?? MISSING[capability] ?? `${router} has no means for it`;
}

/** The routers that carry a strategy, or that carry it with a capability. */
export function routersFor(strategy: StrategyKind, capability?: Capability): readonly RouterKind[] {
  return ROUTERS.filter((router) =>
    capability === undefined ? 'can' in PAIRS[strategy][router] : can(strategy, router, capability),
  );
}
