import type { Path } from '../diagnostic/path';
import { COLOURS } from './kinds';
import { type Layer, merge } from './layers';
import type { Routing, Strategy } from './service';

/** The name of a variant's or a colour's workload in the cluster. */
export const workloadName = (service: string, part: string): string => `${service}-${part}`;

/** The load balancer of a service that names none: inside and outside callers cannot share one. */
export function defaultGroup(platform: string, environment: string, scheme: 'internal' | 'internet-facing'): string {
  return `${platform}-${environment}${scheme === 'internal' ? '' : '-public'}`;
}

/** The workloads of a service that have names of their own, and where those come from in its settings. */
export function derivedWorkloads(
  name: string,
  strategy: Strategy,
  routing: Routing,
): readonly { readonly name: string; readonly path: Path }[] {
  if (strategy.kind === 'abTest') {
    return strategy.variants.map((variant) => ({
      name: workloadName(name, variant.name),
      path: ['strategy', 'abTest', 'variants', variant.name],
    }));
  }
  if (routing.router !== 'albTargetGroups') return [];
  return routing.colours.map((colour) => ({ name: workloadName(name, colour.name), path: ['routing', 'router'] }));
}

/** The Services that a release switches or splits between, by what is appended to the service's name. */
export interface ReleaseServices {
  readonly canary?: string;
  readonly stable?: string;
  readonly preview?: string;
  readonly ping?: string;
  readonly pong?: string;
}

const BY_VERSION: ReleaseServices = { stable: '-stable', canary: '-canary' };
const PING_PONG: ReleaseServices = { ping: '-ping', pong: '-pong' };
const PREVIEW: ReleaseServices = { preview: '-preview' };
const NONE: ReleaseServices = {};

export function releaseServices(strategy: Strategy, routing: Routing): ReleaseServices {
  if (strategy.kind === 'blueGreen') return routing.router === 'albTargetGroups' ? NONE : PREVIEW;
  if (strategy.kind !== 'canary') return NONE;
  switch (routing.router) {
    case 'istio':
      return routing.splitting === 'host' ? BY_VERSION : NONE;
    case 'alb':
      return routing.pingPong ? PING_PONG : BY_VERSION;
    case 'gatewayApi':
      return BY_VERSION;
    case 'albTargetGroups':
    case 'none':
      return NONE;
  }
}

/**
 * The names that the pods of a service carry, from its layers: callers are let in by them. Before anything is completed, so
 * that one service can be known while another is.
 */
export function podNames(name: string, layers: readonly Layer[]): readonly string[] {
  const several = layers.some(
    ({ settings: { strategy, routing } }) => strategy?.kind === 'abTest' || routing?.router === 'albTargetGroups',
  );
  if (!several) return [name];
  const { strategy, routing } = merge(layers);
  if (strategy?.kind === 'abTest') {
    const variants = Object.entries(strategy.abTest?.variants ?? {}).filter(([, variant]) => variant !== null);
    return [name, ...variants.map(([variant]) => workloadName(name, variant))];
  }
  return routing?.router === 'albTargetGroups' ? COLOURS.map((colour) => workloadName(name, colour)) : [name];
}
