import type { Path } from '../diagnostic/path';
import { ITEM_DEFAULTS } from './built-in';
import type { Report } from './faults';
import { type Layer, originOf } from './layers';
import type { Environment, Platform } from './service';
import { defaultGroup } from './workload-names';

/** Tells public hosts that two services serve at the same gateway of the same cluster: only one of them would get the requests. */
export function hostChecker(platform: Platform, report: Report) {
  const taken = new Map<string, string>();
  return (environment: Environment, key: string, layers: readonly Layer[]): void => {
    const hosts = originOf(layers, ['routing', 'hosts']);
    if (hosts?.at == null) return;
    const entrances = entrancesOf(platform, environment, layers);
    const here = `${key} in ${environment.name}`;
    for (const [i, host] of (hosts.layer.settings.routing?.hosts ?? []).entries()) {
      const twins = new Set<string>();
      for (const gateway of entrances) {
        const place = JSON.stringify([environment.cluster, gateway, host]);
        const twin = taken.get(place);
        if (twin === undefined) taken.set(place, here);
        else twins.add(twin);
      }
      for (const twin of twins) report(clash([...hosts.at, i], host, twin, here));
    }
  };
}

/** What serves the public hosts of a service: gateways, or the load balancer that it shares with others. */
function entrancesOf(platform: Platform, environment: Environment, layers: readonly Layer[]): readonly string[] {
  const said = <Field extends 'router' | 'gateways' | 'alb'>(...path: readonly [Field, ...string[]]) =>
    originOf(layers, ['routing', ...path])?.layer.settings.routing?.[path[0]];
  switch (said('router')) {
    case 'alb':
    case 'albTargetGroups':
      return [
        said('alb', 'groupName')?.groupName ??
          defaultGroup(platform.name, environment.name, said('alb', 'scheme')?.scheme ?? ITEM_DEFAULTS.alb.scheme),
      ];
    case 'gatewayApi':
      return said('gateways') ?? platform.gatewayApi.gateways;
    case 'none':
      return [];
    default:
      return said('gateways') ?? platform.istio.gateways;
  }
}

const clash = (at: Path, host: string, twin: string, here: string) =>
  ({
    code: 'CAT046',
    at,
    message: `${twin} and ${here} both serve ${host} at the same gateway`,
    hint: 'give one of them another host or gateway',
  }) as const;
