import { albAnnotation } from '../../manifest/alb';
import { fieldAt, hasAt, listAt, textAt } from '../../manifest/object';
import { CANARY, DESTINATION_RULE, ISTIO, PING_PONG, ROUTING } from '../../manifest/rollout';
import type { RouteKind } from './routing';

/** The object in which the controller writes the weights, and how the new version is told apart in it. */
export interface RouteReference {
  readonly kind: RouteKind;
  readonly name: string;
  readonly namespace: string;
  /** Names of its rules that share requests out; empty for all. */
  readonly rules: readonly string[];
  /** Where the requests of the new version go. */
  readonly canary: { readonly subset: string } | { readonly service: string | undefined };
}

/** How the requests of a Rollout are shared out. */
export interface RouterFacts {
  /** Whether a router splits the requests; without one the pods are the weight. */
  readonly routed: boolean;
  /** The first, where there are several; undefined for routers whose objects are not read. */
  readonly route: RouteReference | undefined;
  readonly destinationRule: { readonly name: string; readonly canary: string; readonly stable: string } | undefined;
  readonly services: { readonly canary: string | undefined; readonly stable: string | undefined };
}

export function routerOf(rollout: unknown): RouterFacts {
  return {
    routed: hasAt(rollout, ROUTING),
    route: virtualServiceOf(rollout) ?? ingressOf(rollout) ?? httpRouteOf(rollout),
    destinationRule: destinationRuleOf(rollout),
    services: {
      canary: textAt(rollout, `${CANARY}.canaryService`),
      stable: textAt(rollout, `${CANARY}.stableService`),
    },
  };
}

const namespaceOf = (rollout: unknown): string => textAt(rollout, 'metadata.namespace') ?? '';

function virtualServiceOf(rollout: unknown): RouteReference | undefined {
  const [first = fieldAt(rollout, `${ISTIO}.virtualService`)] = listAt(rollout, `${ISTIO}.virtualServices`);
  const [name = '', namespace = namespaceOf(rollout)] = (textAt(first, 'name') ?? '').split('.');
  const subset = destinationRuleOf(rollout)?.canary;
  const service = textAt(rollout, `${CANARY}.canaryService`);
  const canary = subset === undefined ? { service } : { subset };
  return name === '' ? undefined : { kind: 'VirtualService', name, namespace, rules: textsAt(first, 'routes'), canary };
}

function destinationRuleOf(rollout: unknown): RouterFacts['destinationRule'] {
  const name = textAt(rollout, `${DESTINATION_RULE}.name`);
  if (name === undefined) return undefined;
  return {
    name,
    canary: textAt(rollout, `${DESTINATION_RULE}.canarySubsetName`) ?? 'canary',
    stable: textAt(rollout, `${DESTINATION_RULE}.stableSubsetName`) ?? 'stable',
  };
}

const ALB = `${ROUTING}.alb`;

/** The action of the root Service, else of the stable one (Argo Rollouts 1.9.1, utils/ingress/ingress.go, ALBActionAnnotationKey). */
function ingressOf(rollout: unknown): RouteReference | undefined {
  const [name = textAt(rollout, `${ALB}.ingress`)] = textsAt(rollout, `${ALB}.ingresses`);
  if (name === undefined) return undefined;
  const root = textAt(rollout, `${ALB}.rootService`) ?? textAt(rollout, `${CANARY}.stableService`) ?? '';
  const action = albAnnotation(`actions.${root}`, textAt(rollout, `${ALB}.annotationPrefix`));
  const canary = { service: pingPongCanary(rollout) ?? textAt(rollout, `${CANARY}.canaryService`) };
  return { kind: 'Ingress', name, namespace: namespaceOf(rollout), rules: [action], canary };
}

/** Which of the two is the canary's, by turns (1.9.1, rollout/trafficrouting/service_helper.go, GetStableAndCanaryServices). */
function pingPongCanary(rollout: unknown): string | undefined {
  const stableIsPing = textAt(rollout, 'status.canary.stablePingPong') === 'ping';
  return textAt(rollout, `${PING_PONG}.${stableIsPing ? 'pongService' : 'pingService'}`);
}

const PLUGIN = `${ROUTING}.plugins["argoproj-labs/gatewayAPI"]`;

function httpRouteOf(rollout: unknown): RouteReference | undefined {
  const [first] = listAt(rollout, `${PLUGIN}.httpRoutes`);
  const name = textAt(first, 'name') ?? textAt(rollout, `${PLUGIN}.httpRoute`);
  if (name === undefined) return undefined;
  const namespace = textAt(rollout, `${PLUGIN}.namespace`) ?? namespaceOf(rollout);
  const canary = { service: textAt(rollout, `${CANARY}.canaryService`) };
  return { kind: 'HTTPRoute', name, namespace, rules: [], canary };
}

const textsAt = (object: unknown, path: string): readonly string[] =>
  listAt(object, path).filter((text) => typeof text === 'string');
