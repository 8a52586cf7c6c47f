import { compareText } from '../../diagnostic/format';
import { nearest } from '../../diagnostic/nearest';
import { BUILT_IN, ITEM_DEFAULTS } from '../built-in';
import type { Port, Routing, Service } from '../service';
import type { Context } from './context';
import { pickPort } from './workload';

/** Routing with the port resolved; hosts and gateways in the order of their names. */
export function completeRouting(context: Context, ports: readonly Port[]): Routing {
  const given = { ...BUILT_IN.routing, ...context.settings.routing };
  const port = pickPort(context, ports, given.port, ['routing', 'port']);
  if (port.protocol === 'tcp') {
    context.fault(
      'CAT044',
      ['routing', 'port'],
      `port "${port.name}" speaks tcp, and only HTTP and gRPC can be split by weight`,
      'set its protocol to http, http2 or grpc, or route another port',
    );
  }
  const hosts = [...given.hosts].sort(compareText);
  const gateways = [...(given.gateways ?? context.platform.istio.gateways)].sort(compareText);
  const refused = context.refused(['routing', 'gateways']) || context.refusedAt(['platform', 'istio']);
  if (hosts.length > 0 && gateways.length === 0 && !refused) {
    context.fault(
      'CAT038',
      ['routing', 'hosts'],
      `${hosts.join(', ')}: no gateway serves public hosts`,
      'set routing.gateways or platform.istio.gateways',
    );
  }
  return {
    router: given.router,
    port,
    hosts,
    gateways: hosts.length > 0 ? gateways : [],
    canaryHeader: given.canaryHeader ? lowerName({ ...ITEM_DEFAULTS.canaryHeader, ...given.canaryHeader }) : undefined,
    timeoutSeconds: given.timeoutSeconds,
    retries: { perTryTimeoutSeconds: undefined, ...BUILT_IN.routing.retries, ...given.retries },
    connectionPool: given.connectionPool ?? {},
    loadBalancer: given.loadBalancer,
    outlierDetection: given.outlierDetection
      ? { ...ITEM_DEFAULTS.outlierDetection, ...given.outlierDetection }
      : undefined,
  };
}

/** Proxies compare header names in lower case. */
const lowerName = <T extends { readonly name: string }>(header: T): T => ({
  ...header,
  name: header.name.toLowerCase(),
});

/** The callers by the names that their pods carry; one that this environment leaves out does not call here. */
export function completeCallers(context: Context, routing: Routing): Service['allowedCallers'] {
  const given = context.settings.allowedCallers ?? {};
  const services: string[] = [];
  for (const [i, key] of (given.services ?? []).entries()) {
    const name = context.names.get(key);
    if (name !== undefined) services.push(name);
    else if (!context.keys.includes(key)) {
      const meant = nearest(key, context.keys);
      context.fault(
        'CAT022',
        ['allowedCallers', 'services', i],
        `there is no service "${key}"`,
        meant ? `did you mean "${meant}"?` : 'name a key of services',
      );
    }
  }
  return {
    services: services.sort(compareText),
    namespaces: [...(given.namespaces ?? [])].sort(compareText),
    gateway: given.gateway ?? routing.hosts.length > 0,
  };
}
