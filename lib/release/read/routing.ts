import { fieldAt, listAt, mapAt, numberAt, textAt } from '../../manifest/object';
import { HASH_LABEL } from '../../manifest/rollout';
import { nameIn } from './owner';

/** The kinds of objects in which controllers write the shares of requests. */
export type RouteKind = 'VirtualService' | 'Ingress' | 'HTTPRoute';

/** A rule that shares requests out, with where they go; weights count against each other. */
export interface SplitFacts {
  readonly name: string;
  readonly destinations: readonly {
    /** A host of Istio, or a Service. */
    readonly host: string;
    readonly subset: string | undefined;
    readonly weight: number;
  }[];
}

/** An object that leads requests, as far as it shares them out. */
export interface RouteFacts {
  readonly name: string;
  readonly splits: readonly SplitFacts[];
}

/** One for each kind; a new one does not compile until it is here. */
const READ: { readonly [K in RouteKind]: (object: unknown) => readonly SplitFacts[] } = {
  VirtualService: virtualServiceSplits,
  Ingress: ingressSplits,
  HTTPRoute: httpRouteSplits,
};

export const readRoute = (kind: RouteKind, object: unknown): RouteFacts => ({
  name: nameIn(object),
  splits: READ[kind](object),
});

function virtualServiceSplits(object: unknown): readonly SplitFacts[] {
  const routes = ['http', 'tls', 'tcp'].flatMap((list) => listAt(object, `spec.${list}`));
  return routes.map((route) => {
    const all = listAt(route, 'route');
    return {
      name: textAt(route, 'name') ?? '',
      destinations: all.map((one) => ({
        host: textAt(one, 'destination.host') ?? '',
        subset: textAt(one, 'destination.subset'),
        weight: numberAt(one, 'weight') ?? (all.length === 1 ? 100 : 0),
      })),
    };
  });
}

/**
 * The actions that stand in the annotations of an Ingress; each is named by its annotation. Argo Rollouts writes the weights there
 * (1.9.1, rollout/trafficrouting/alb/alb.go, getForwardActionString), with keys that begin with capitals (utils/ingress/ingress.go,
 * ALBAction); AWS Load Balancer Controller takes them either way.
 */
function ingressSplits(object: unknown): readonly SplitFacts[] {
  const annotations = Object.entries(mapAt(object, 'metadata.annotations'));
  return annotations
    .filter(([name]) => name.includes('/actions.'))
    .map(([name, text]) => {
      const groups = memberOf(memberOf(parsed(text), 'forwardConfig'), 'targetGroups');
      return {
        name,
        destinations: (Array.isArray(groups) ? groups : []).map((group: unknown) => ({
          host: String(memberOf(group, 'serviceName') ?? ''),
          subset: undefined,
          weight: Number(memberOf(group, 'weight') ?? 0),
        })),
      };
    });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const memberOf = (value: unknown, name: string): unknown =>
  fieldAt(value, name) ?? fieldAt(value, `${name.charAt(0).toUpperCase()}${name.slice(1)}`);

/**
 * The rules of an HTTPRoute that have more than one backend: a header route has the canary alone. The plugin writes the weights
 * (argoproj-labs/rollouts-plugin-trafficrouter-gatewayapi 0.15.0, pkg/plugin/httproute.go, setHTTPRouteWeight); one that is left out
 * is 1 (Gateway API 1.6, BackendRef).
 */
function httpRouteSplits(object: unknown): readonly SplitFacts[] {
  return listAt(object, 'spec.rules')
    .map((rule) => ({
      name: textAt(rule, 'name') ?? '',
      destinations: listAt(rule, 'backendRefs').map((one) => ({
        host: textAt(one, 'name') ?? '',
        subset: undefined,
        weight: numberAt(one, 'weight') ?? 1,
      })),
    }))
    .filter(({ destinations }) => destinations.length > 1);
}

/** The subsets of a DestinationRule, by name, each with the version that it selects. */
export interface DestinationRuleFacts {
  readonly name: string;
  readonly subsets: ReadonlyMap<string, string | undefined>;
}

export function readDestinationRule(object: unknown): DestinationRuleFacts {
  const subsets = listAt(object, 'spec.subsets').map(
    (one) => [textAt(one, 'name') ?? '', mapAt(one, 'labels')[HASH_LABEL]] as const,
  );
  return { name: nameIn(object), subsets: new Map(subsets) };
}
