import { childPath, fieldAt, type KubeObject, listAt, numberAt, textAt } from './object';
import { oncePerGroup } from './pods';
import type { ObjectGroup } from './rule';

/** The gateway of the sidecars: a VirtualService that names no gateway is for them. */
export const MESH = 'mesh';

/** A place to which a VirtualService sends requests. */
export interface DestinationAt {
  readonly host: string;
  /** The host in full, so that two ways to write one are equal. */
  readonly full: string;
  /** The Service that the host names. */
  readonly service: ServiceName | undefined;
  readonly subset: string | undefined;
  /** The number of the port, where one is named. */
  readonly port: number | undefined;
  /** Whether an http route sends requests there, which are not copies. */
  readonly http: boolean;
  /** The path of the destination; it is made only when it is told. */
  readonly path: () => string;
}

/** A Service that a host names. */
export interface ServiceName {
  readonly name: string;
  readonly namespace: string | undefined;
}

const ISTIO = 'spec.strategy.canary.trafficRouting.istio';

/** A VirtualService that a Rollout changes, and the routes in it that it names. */
export interface RoutedBy {
  readonly virtualService: KubeObject;
  readonly routes: readonly string[];
  /** Where the Rollout names it. */
  readonly path: string;
}

/** The VirtualServices of a Rollout that are in the group. Several rules ask. */
export function virtualServicesOf(group: ObjectGroup, rollout: KubeObject): readonly RoutedBy[] {
  const known = routedByOf(group);
  let routed = known.get(rollout);
  if (routed === undefined) {
    routed = findVirtualServices(group, rollout);
    known.set(rollout, routed);
  }
  return routed;
}

const routedByOf = oncePerGroup(() => new Map<KubeObject, readonly RoutedBy[]>());

function findVirtualServices(group: ObjectGroup, rollout: KubeObject): readonly RoutedBy[] {
  const routing = fieldAt(rollout, ISTIO);
  if (routing === undefined) return [];
  const found: RoutedBy[] = [];
  const add = (reference: unknown, path: string): void => {
    const name = textAt(reference, 'name');
    const virtualService = name === undefined ? undefined : findVirtualService(group, name, rollout);
    if (virtualService === undefined) return;
    const routes = listAt(reference, 'routes').filter((route) => typeof route === 'string');
    found.push({ virtualService, routes, path });
  };
  add(fieldAt(routing, 'virtualService'), `${ISTIO}.virtualService`);
  listAt(routing, 'virtualServices').forEach((reference, i) => {
    add(reference, childPath(`${ISTIO}.virtualServices`, i));
  });
  return found;
}

/** A VirtualService as Argo Rollouts names it: one of another namespace has that behind a dot. */
function findVirtualService(group: ObjectGroup, name: string, near: KubeObject): KubeObject | undefined {
  const [first = '', namespace] = name.includes('.') ? name.split('.') : [name];
  return group.find('VirtualService', first, namespace === undefined ? near : inNamespace(namespace));
}

/** An object of no kind in a namespace, to look for others near it. */
export const inNamespace = (namespace: string): KubeObject => ({
  apiVersion: '',
  kind: '',
  metadata: { name: '', namespace },
});

/**
 * The Service that a host names, as Istio resolves it: a name without a dot is in the namespace of the object that says
 * it, any other is taken as it stands. Undefined for a host outside of the cluster, and for a wildcard.
 */
export function serviceOfHost(host: string, near: KubeObject): ServiceName | undefined {
  if (host === '' || host.includes('*')) return undefined;
  if (!host.includes('.')) return { name: host, namespace: near.metadata.namespace };
  const first = host.indexOf('.');
  const second = host.indexOf('.', first + 1);
  if (second === -1 || !host.startsWith('.svc.', second)) return undefined;
  return { name: host.slice(0, first), namespace: host.slice(first + 1, second) };
}

/** A host in full, so that two ways to write one are equal. */
export const fullHost = (host: string, near: KubeObject): string => inFull(host, serviceOfHost(host, near));

const inFull = (host: string, service: ServiceName | undefined): string =>
  service === undefined ? host : `${service.name}.${service.namespace ?? ''}.svc`;

/** A Service, if it is in the group. */
export function findService(
  group: ObjectGroup,
  service: ServiceName | undefined,
  near: KubeObject,
): KubeObject | undefined {
  if (service === undefined) return undefined;
  return group.find('Service', service.name, service.namespace === undefined ? near : inNamespace(service.namespace));
}

/** Every destination of a VirtualService: of its routes and of its mirrors. Several rules ask, and it never changes. */
export function destinationsOf(virtualService: KubeObject): readonly DestinationAt[] {
  let found = DESTINATIONS.get(virtualService);
  if (found === undefined) {
    found = findDestinations(virtualService);
    DESTINATIONS.set(virtualService, found);
  }
  return found;
}

const DESTINATIONS = new WeakMap<KubeObject, readonly DestinationAt[]>();

function findDestinations(virtualService: KubeObject): readonly DestinationAt[] {
  const found: DestinationAt[] = [];
  const add = (destination: unknown, http: boolean, path: () => string): void => {
    const host = textAt(destination, 'host');
    if (host === undefined) return;
    const last = found.at(-1);
    const service = last?.host === host ? last.service : serviceOfHost(host, virtualService);
    const full = last?.host === host ? last.full : inFull(host, service);
    const subset = textAt(destination, 'subset') || undefined;
    found.push({ host, full, service, subset, port: numberAt(destination, 'port.number'), http, path });
  };
  for (const protocol of ['http', 'tls', 'tcp'] as const) {
    listAt(virtualService, `spec.${protocol}`).forEach((route, i) => {
      const path = (...more: readonly (string | number)[]) => childPath('spec', protocol, i, ...more);
      listAt(route, 'route').forEach((target, j) => {
        add(fieldAt(target, 'destination'), protocol === 'http', () => path('route', j, 'destination'));
      });
      add(fieldAt(route, 'mirror'), false, () => path('mirror'));
      listAt(route, 'mirrors').forEach((mirror, j) => {
        add(fieldAt(mirror, 'destination'), false, () => path('mirrors', j, 'destination'));
      });
    });
  }
  return found;
}

/** The DestinationRules of a group by the host that they are for, in full. */
export const destinationRulesByHost = oncePerGroup((group): ReadonlyMap<string, readonly KubeObject[]> => {
  const byHost = new Map<string, KubeObject[]>();
  for (const rule of group.ofKind('DestinationRule')) {
    const host = fullHost(textAt(rule, 'spec.host') ?? '', rule);
    const same = byHost.get(host);
    if (same === undefined) byHost.set(host, [rule]);
    else same.push(rule);
  }
  return byHost;
});

/** The gateways that a VirtualService is for; it is for the sidecars when it names none. */
export function gatewaysOf(virtualService: KubeObject): readonly string[] {
  const gateways = listAt(virtualService, 'spec.gateways').filter((gateway) => typeof gateway === 'string');
  return gateways.length === 0 ? [MESH] : gateways;
}

/** Whether a VirtualService is part of another, which says hosts and gateways for it. */
export const isDelegate = (virtualService: KubeObject): boolean => listAt(virtualService, 'spec.hosts').length === 0;
