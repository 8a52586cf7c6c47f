import { inNamespace } from './istio';
import { fieldAt, type KubeObject, listAt, textAt } from './object';
import type { ObjectGroup } from './rule';

const PLUGINS = 'spec.strategy.canary.trafficRouting.plugins';
const PLUGIN = 'argoproj-labs/gatewayAPI';

/** An HTTPRoute that a Rollout changes through the plugin. */
export interface RouteOf {
  readonly route: KubeObject;
  /** Whether the plugin adds header routes to it, and removes them. */
  readonly headers: boolean;
}

/** The HTTPRoutes of a Rollout that are in the group; the plugin looks in the namespace of the Rollout by default. */
export function httpRoutesOf(group: ObjectGroup, rollout: KubeObject): readonly RouteOf[] {
  const plugins = fieldAt(rollout, PLUGINS);
  const config: unknown = typeof plugins === 'object' && plugins !== null ? Reflect.get(plugins, PLUGIN) : undefined;
  if (config === undefined) return [];
  const namespace = textAt(config, 'namespace');
  const near = namespace === undefined ? rollout : inNamespace(namespace);
  const find = (name: string | undefined, headers: boolean): readonly RouteOf[] => {
    const route = name === undefined ? undefined : group.find('HTTPRoute', name, near);
    return route === undefined ? [] : [{ route, headers }];
  };
  return [
    ...find(textAt(config, 'httpRoute'), true),
    ...listAt(config, 'httpRoutes').flatMap((one) =>
      find(textAt(one, 'name'), fieldAt(one, 'useHeaderRoutes') === true),
    ),
  ];
}

/** The Services that a rule of an HTTPRoute sends to. */
export const backendNames = (rule: unknown): readonly string[] =>
  listAt(rule, 'backendRefs').flatMap((backend) => textAt(backend, 'name') ?? []);
